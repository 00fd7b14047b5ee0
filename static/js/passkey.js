// Asks the browser for a passkey and sends what it signed. Without it, codes from the app and recovery codes work.
const form = document.querySelector("form[data-passkey]");
if (form && window.PublicKeyCredential) {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const readable = (keys) => (keys || []).map((key) => ({ ...key, id: bytes(key.id) }));
  const trouble = form.querySelector("[data-passkey-trouble]");

  const ask = () => {
    const asked = JSON.parse(form.dataset.options);
    asked.challenge = bytes(asked.challenge);
    if (form.dataset.passkey === "get") {
      return navigator.credentials.get({ publicKey: { ...asked, allowCredentials: readable(asked.allowCredentials) } });
    }
    asked.user.id = bytes(asked.user.id);
    return navigator.credentials.create({ publicKey: { ...asked, excludeCredentials: readable(asked.excludeCredentials) } });
  };

  const answerOf = (credential) => {
    const response = { clientDataJSON: text(credential.response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[part]) response[part] = text(credential.response[part]);
    }
    return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults: {} };
  };

  document.querySelectorAll("[data-passkey-part]").forEach((part) => { part.hidden = false; });
  document.querySelectorAll("[data-passkey-without]").forEach((part) => { part.hidden = true; });
  form.querySelector("[data-passkey-button]").addEventListener("click", async () => {
    trouble.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(answerOf(await ask()));
      form.submit();
    } catch {
      trouble.hidden = false;
    }
  });
}
