"""A small OpenID provider on a loopback port, with a key of its own, that can be told to misbehave."""

import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import RSAKey
from joserfc.util import urlsafe_b64encode

CLIENT_ID, CLIENT_SECRET = "ambon-kinerja", "rahasia-klien"


class Provider:
    """`person` are the claims of who signs in there; `lie` changes a token's claims before it is signed."""

    def __init__(self):
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.person, self.lie, self.header = {}, lambda claims: claims, {"alg": "RS256", "kid": "one"}
        self.signed_with, self.asked, self.says_issuer, self.leaves_out_token = self.key, {}, None, False
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                provider.answer(self, provider.documents().get(urlsplit(self.path).path))

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                provider.answer(
                    self, provider.token({name: values[0] for name, values in parse_qs(body).items()})
                )

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}/realms/asn"
        threading.Thread(target=self.server.serve_forever, args=[0.01], daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, handler, document):
        body = json.dumps(document or {"error": "invalid_grant"}).encode()
        handler.send_response(200 if document else 400)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def documents(self):
        return {
            "/realms/asn/.well-known/openid-configuration": {
                "issuer": self.says_issuer or self.issuer,
                "authorization_endpoint": f"{self.issuer}/auth",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/certs",
                "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            },
            "/realms/asn/certs": {"keys": [self.key.as_dict(private=False)]},
        }

    def sign_in_there(self, address):
        """What the person's browser does with the address it was sent to: the query it comes back with."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        return {"code": "one-time", "state": self.asked["state"]}

    def token(self, sent):
        challenge = create_s256_code_challenge(sent.get("code_verifier", ""))
        if sent.get("code") != "one-time" or challenge != self.asked["code_challenge"]:
            return None
        answer = {"access_token": "x", "token_type": "Bearer", "expires_in": 60}
        return answer if self.leaves_out_token else answer | {"id_token": self.id_token()}

    def id_token(self):
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT_ID, "sub": "1", "iat": now, "exp": now + 60}
        claims = self.lie(claims | {"nonce": self.asked["nonce"]} | self.person)
        if self.header["alg"] == "none":
            return by_hand({"alg": "none"}, claims, lambda text: b"")
        if self.header["alg"] == "HS256":
            public = self.key.as_pem(private=False)
            return by_hand(self.header, claims, lambda text: hmac.digest(public, text, "sha256"))
        return jwt.encode(self.header, claims, self.signed_with)


def by_hand(header, claims, sign):
    """A token that no library makes: not signed at all, or (HS256) with the public key that everybody can read."""
    text = b".".join(urlsafe_b64encode(json.dumps(part).encode()) for part in (header, claims))
    return b".".join([text, urlsafe_b64encode(sign(text))]).decode()
