#!/usr/bin/env python3
"""Memeriksa struk nilai tanpa aplikasi: cukup Python 3, tanpa pustaka lain.

Cara pakai:  python3 periksa.py struk.json [sidik SHA-256 yang tercetak pada dokumen]

Menghitung ulang sidik SHA-256, capaian, cakupan bukti (struk versi 2), usulan rating hasil kerja,
dan predikat, untuk struk versi 1 dan 2. Kode keluar 0 berarti semua cocok, 1 berarti ada yang berbeda.
"""

import hashlib
import json
import re
import sys
from fractions import Fraction
from math import floor

# PermenPANRB 6/2022 halaman 99-100: (hasil kerja, perilaku kerja)
KUADRAN = {
    "above": {"above": "sangat_baik", "meets": "baik", "below": "kurang"},
    "meets": {"above": "baik", "meets": "baik", "below": "kurang"},
    "below": {"above": "butuh_perbaikan", "meets": "butuh_perbaikan", "below": "sangat_kurang"},
}
RATING = ("above", "meets", "below")
PEMBULATAN = {"achievement": "Dua angka di belakang koma, setengah ke atas"}
PEMBULATAN["coverage"] = "Persen penuh, setengah ke atas"
ANGKA = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,12})?")


class Berbeda(Exception):
    """Isi struk tidak sama dengan hasil hitung ulang."""


def baca(nama):
    with open(nama, encoding="utf-8-sig") as berkas:
        return json.load(berkas, object_pairs_hook=tanpa_kembar, parse_float=tolak_pecahan)


def tanpa_kembar(pasangan):
    isi = dict(pasangan)
    if len(isi) != len(pasangan):
        raise Berbeda("ada nama yang ditulis dua kali dalam berkas.")
    return isi


def tolak_pecahan(tulisan):
    raise Berbeda(f"bilangan {tulisan} tidak ditulis sebagai teks.")


def sidik(struk):
    teks = json.dumps(struk, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(teks.encode("utf-8")).hexdigest()


def angka(teks):
    if not isinstance(teks, str) or not ANGKA.fullmatch(teks):
        raise Berbeda(f"{teks!r} bukan bilangan.")
    return Fraction(teks)


def capaian(target, realisasi, arah):
    """PermenPANRB 8/2021 halaman 99-110; dua angka di belakang koma, setengah ke atas."""
    if arah not in ("higher", "lower", "range"):
        raise Berbeda(f"arah indikator {arah!r} tidak dikenal.")
    bawah, *sisa = (angka(bagian) for bagian in target.split(" s.d. "))
    atas = sisa[-1] if sisa else bawah
    if len(sisa) > 1 or bawah < 0 or bawah > atas or (atas == 0 and arah != "lower"):
        raise Berbeda(f"target {target!r} tidak dapat dipakai.")
    if realisasi is None:
        return None
    nilai = angka(realisasi)
    acuan = atas if nilai > atas else bawah
    if bawah <= nilai <= atas:
        hasil = Fraction(1)
    elif acuan == 0:
        hasil = Fraction(1 if arah == "lower" and nilai < 0 else 0)
    else:
        hasil = 2 - nilai / acuan if arah == "lower" else nilai / acuan
    seperseratus = floor(max(hasil, Fraction(0)) * 10000 + Fraction(1, 2))
    return f"{seperseratus // 100}.{seperseratus % 100:02}"


def usulan(utama, tambahan):
    """PermenPANRB 6/2022 halaman 97-98."""
    semua = utama + tambahan
    if not utama or any(rating not in RATING for rating in semua):
        raise Berbeda("rating hasil kerja tidak lengkap.")
    setengah, utama_di_bawah = Fraction(len(semua), 2), utama.count("below")
    if semua.count("above") > setengah and utama_di_bawah == 0:
        return "above"
    if len(semua) - semua.count("below") > setengah and utama_di_bawah * 2 < len(utama):
        return "meets"
    return "below"


def cakupan(rating, dirujuk, bukti):
    """Persen hasil kerja yang berdiri di atas bukti; berkas yang sama dihitung sekali, pada yang pertama."""
    sudah, berdiri = set(), set()
    for kunci in dirujuk:
        if bukti[kunci] not in sudah:
            berdiri.add(kunci.split(".")[0])
        sudah.add(bukti[kunci])
    return str(floor(Fraction(100 * len(berdiri), len(rating)) + Fraction(1, 2)))


def predikat(hasil_kerja, perilaku):
    if hasil_kerja not in RATING or perilaku not in RATING:
        raise Berbeda("rating hasil kerja atau perilaku kerja tidak dikenal.")
    return KUADRAN[hasil_kerja][perilaku]


def hitung_ulang(langkah, nilai, bukti):
    """Hasil langkah menurut aturannya; `nilai` berisi masukan dan hasil langkah sebelumnya."""
    if langkah["rule"] == "coverage":
        return cakupan(langkah["uses"]["results"], langkah["uses"]["cited"], bukti)
    pakai = {
        peran: [nilai[kunci] for kunci in isi] if isinstance(isi, list) else nilai[isi]
        for peran, isi in langkah["uses"].items()
    }
    if langkah["rule"] == "achievement":
        return capaian(pakai["target"], pakai["realised"], pakai["direction"])
    if langkah["rule"] == "suggestion":
        return usulan(pakai["main"], pakai["additional"])
    if langkah["rule"] == "matrix":
        return predikat(pakai["work"], pakai["behaviour"])
    raise Berbeda(f"aturan {langkah['rule']!r} tidak dikenal.")


def langkah_seharusnya(nilai, versi):
    """Kunci setiap langkah dan masukan yang wajib dipakainya."""
    wajib = {"predikat": {"work": "work.rating", "behaviour": "behaviour.rating"}}
    wajib["suggestion"] = {"main": [], "additional": []}
    for kunci, isi in nilai.items():
        if kunci.endswith(".realised"):
            awal = kunci[: -len(".realised")]
            masukan = ("target", "realised", "direction")
            wajib[awal + ".percent"] = {bagian: f"{awal}.{bagian}" for bagian in masukan}
        if kunci.endswith(".kind"):
            wajib["suggestion"][isi].append(kunci[: -len(".kind")] + ".rating")
    if versi == "2":
        hasil = [kunci[: -len(".kind")] for kunci in nilai if kunci.endswith(".kind")]
        dirujuk = [kunci for kunci in nilai if re.fullmatch(r"R[0-9]+\.C[0-9]+", kunci)]
        wajib["coverage"] = {"results": [f"{kunci}.rating" for kunci in hasil], "cited": dirujuk}
    return wajib


def periksa(struk, tercetak=None):
    """Daftar perbedaan dalam bahasa Indonesia; kosong berarti semua cocok."""
    beda = []
    if tercetak is not None and sidik(struk) != tercetak.strip().lower():
        beda.append("Sidik SHA-256 berbeda dari yang tercetak: isi struk telah diubah.")
    if struk["version"] not in ("1", "2"):
        return [*beda, f"Versi struk {struk['version']!r} tidak dikenal."]
    nilai = {masukan["id"]: masukan["value"] for masukan in struk["inputs"]}
    if len(nilai) != len(struk["inputs"]):
        beda.append("Ada masukan dengan kunci yang sama.")
    bukti = {masukan["id"]: masukan["sha256"] for masukan in struk["inputs"]}
    dipakai = {langkah["id"]: langkah["uses"] for langkah in struk["steps"]}
    if dipakai != langkah_seharusnya(nilai, struk["version"]) or len(dipakai) != len(struk["steps"]):
        beda.append("Langkah hitung tidak lengkap atau tidak memakai semua masukan.")
    for langkah in struk["steps"]:
        hasil = hitung_ulang(langkah, nilai, bukti)
        if struk["version"] == "2" and langkah["rounding"] != PEMBULATAN.get(
            langkah["rule"], "Tanpa pembulatan"
        ):
            beda.append(f"{langkah['name']}: cara pembulatan {langkah['rounding']!r} tidak dikenal.")
        if hasil != langkah["result"]:
            beda.append(f"{langkah['name']}: tertulis {langkah['result']}, seharusnya {hasil}.")
        nilai[langkah["id"]] = langkah["result"]
    akhir = {nama: nilai.get(nama) for nama in ("suggestion", "predikat")}
    akhir |= {f"{nama}_rating": nilai.get(f"{nama}.rating") for nama in ("work", "behaviour")}
    if struk["result"] != akhir:
        beda.append("Hasil akhir tidak sama dengan langkah dan rating di atasnya.")
    return beda


def main(argumen):
    if len(argumen) not in (1, 2):
        print(__doc__)
        return 1
    try:
        struk = baca(argumen[0])
        beda = periksa(struk, *argumen[1:])
        print(f"Sidik SHA-256 struk ini: {sidik(struk)}")
    except Berbeda as sebab:
        beda = [f"Struk tidak dapat diterima: {sebab}"]
    except OSError:
        beda = ["Berkas tidak dapat dibuka."]
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError):
        beda = ["Berkas ini bukan struk nilai yang utuh."]
    if beda:
        print("\n".join(f"BERBEDA: {baris}" for baris in beda))
        return 1
    print(f"COCOK: semua hitungan sesuai. Predikat: {struk['result']['predikat']}.")
    if len(argumen) == 1:
        print("Cocokkan sidik di atas dengan sidik yang tercetak pada dokumen.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
