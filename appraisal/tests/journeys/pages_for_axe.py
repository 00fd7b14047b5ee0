"""What axe looks at: a list of steps for each account, from page to page.

A step is an address; a piece of one, taken from the page before; "the first X": its first link to /X/1/, or to anything
under /X/; "a link to X": its first link with /X/1/ in it. For 1 may stand any key of a record.
"""

from appraisal.demo.organisation import CLINIC_SERVICE as SERVICE

PUBLIC = [
    *("/masuk/", "/layanan/", "/layanan/kota/", f"/layanan/{SERVICE}/", "/data-terbuka/", "/verifikasi/"),
    *(f"/survei/{SERVICE}/", "privasi/", "../hapus/", f"/survei/{SERVICE}/?cara=bertahap"),
    *("/pengaduan/", "/pengaduan/lacak/", "/pengaduan/angka/", "/anda-berkata/", f"/anda-berkata/{SERVICE}/"),
    *("/anda-berkata/masalah/", "a link to masalah", "/layanan/kota/", "a link to unit"),
]
OWN_PLAN = ["/kinerja-saya/", "the first SKP", "cetak/", "../lampiran/", "cetak/", "../../versi/", "1/"]
OWN_PLAN += ["../../strategi/", "cetak/", "../../matriks/", "cetak/", "../../sesuaikan/"]
OWN_PLAN += ["../rencana-aksi/", "cetak/", "../../pelaksanaan/", "a link to rekaman", "cetak/"]
OWN_PLAN += ["../../../pelaksanaan/", "a link to dokumentasi", "cetak/"]
GUIDANCE = ["/bimbingan/", "the first bimbingan", "cetak/", "../kompetensi/cetak/", "../../tanggapan/cetak/"]
AGREEMENT = ["/perencanaan-unit/", "the first perjanjian-kinerja", "cetak/", "/program-prioritas/"]
TREE = ["/pohon-kinerja/", "the first pohon-kinerja"]

PAGES = {
    "": [*PUBLIC, "/keberatan/angka/"],
    "bidan": [
        *("/", "/kinerja-saya/", "the first hasil", "/pemberitahuan/", "/peran-saya/"),
        *OWN_PLAN,
        *("/kemajuan/", "/kemajuan/daftar/", "/umpan-balik/", "/umpan-balik/minta/", "/bimbingan/minta/"),
        *GUIDANCE,
        *("/tindak-lanjut/", "/riwayat/", "/angka-kredit/", "/kode-loket/", "/hasil-survei/loket/"),
        *("/umpan-balik-rekan/", "a link to jawab", "/umpan-balik-rekan/", "a link to hasil"),
        *("/laporan-perilaku/jawaban/", "a link to jawaban"),
    ],
    "kapuskesmas": [
        *(
            "/dokumen-evaluasi/?bagian=tim",
            "the first dokumen-evaluasi",
            "cetak/",
            "/dokumen-evaluasi/laporkan/",
        ),
        *("/keberatan/?bagian=jelaskan", "the first keberatan", "berkas-perkara/", "cetak/"),
        *("/", "/tim/", "the first SKP", "sepakati/", "../kembalikan/", "../format/"),
        *("/umpan-balik/terutang/", "a link to terutang", "/pantauan-tim/", "/kemajuan-unit/"),
        *OWN_PLAN,
        *("/kinerja-saya/", "the first SKP", "manual/", "cetak/", "../../strategi/tambah/"),
        *("../../matriks/", "a link to orang", "../../", "a link to tim", "cetak/"),
        *AGREEMENT,
        *TREE,
        *("/riwayat/tim/", "/angka-kredit/", "/tindak-lanjut/daftar/pembinaan/"),
        *("/umpan-balik-rekan/", "a link to hasil", "/laporan-perilaku/jawaban/"),
    ],
    "kadinkes": [
        "/",
        "/keberatan/?bagian=putuskan",
        "the first keberatan",
        "putuskan/",
        "../pertemuan/",
        *OWN_PLAN,
        *AGREEMENT,
        *TREE,
        "/kemajuan-unit/",
        "/umpan-balik/terutang/",
    ],
    "kadisdik": [
        # A chair's journey may have closed the session before: then the last two lead back to it.
        *("/kalibrasi/", "a link to sesi", "pilih/", "../agenda/", "../", "a link to pokok"),
        *("/kalibrasi/", "a link to sesi", "tutup/", "/kalibrasi/", "a link to sesi", "batalkan/"),
        *("/kalibrasi/", "the first kalibrasi"),
    ],
    "organisasi": [
        *("/survei-masuk/", f"/survei-masuk/{SERVICE}/", "saran/", "../kontak/", "../", "a link to sisihan"),
        *("/kuesioner/", "the first kuesioner", "/kuesioner/baru/", "/kuesioner/layanan/"),
        *(
            "/",
            "/hasil-survei/",
            "/tindak-lanjut-survei/",
            "/kelola-pengaduan/",
            "/kelola-pengaduan/tenggat/",
        ),
    ],
    "admin.dinkes": [
        *("/kelola-layanan/", f"/kelola-layanan/{SERVICE}/", "ubah/", "../kode/", "lembar/", "../berikan/"),
        *(f"/kelola-layanan/{SERVICE}/pengguna/", "../loket/tambah/", "../../", "a link to loket", "ubah/"),
        *(f"/layanan/{SERVICE}/kartu/", "/kelola-layanan/tambah/", "/hasil-survei/loket/"),
        *("/hasil-survei/", "a link to unit", "/kios/", "the first kios", "/kios/pasang/"),
        *("/isi-bersama/", f"/isi-bersama/isi/{SERVICE}/", "/isi-bersama/catatan/"),
        *("/isi-bersama/petugas/", "/isi-bersama/petugas/tunjuk/", f"/lembar-kertas/cetak/{SERVICE}/"),
        *("/lembar-kertas/", "the first lembar-kertas", "beda/", "/lembar-kertas/baru/"),
        *("/kelola-pengaduan/", "the first kelola-pengaduan", "alihkan/", "/kelola-pengaduan/tenggat/"),
        *("/tindak-lanjut-survei/", "a link to rencana", "a link to unsur", "/tindak-lanjut-survei/masalah/"),
        *("a link to masalah", "/tindak-lanjut-survei/masalah/catat/", "/survei-masuk/"),
    ],
    "bkpsdm": [
        *("/", "/pegawai/", "/impor/baru/", "/laporan/", "the first laporan", "/pekerjaan/", "/periode/"),
        *(
            "/periode/",
            "the first tahun-kinerja",
            "a link to tenggat",
            "/tahun-kinerja/buka/",
            "/periode/tambah/",
        ),
        *(
            "/aturan/",
            "the first aturan",
            "usulkan/",
            "/aturan/documentation_working_days/",
            "a link to usulan",
        ),
        *("/pustaka-contoh/", "the first pustaka-contoh", "/pustaka-contoh/tambah/", "/kemajuan-unit/"),
        *AGREEMENT,
        *TREE,
        *("/tindak-lanjut/", "/tindak-lanjut/daftar/kenaikan-pangkat/", "/tindak-lanjut/talenta/"),
        *("/tindak-lanjut/daftar/faktor-tunjangan/", "/tindak-lanjut/penghargaan/", "/riwayat/salin/"),
        *("/umpan-balik-rekan/putaran/", "/kalibrasi/", "a link to penutupan"),
        *(
            "/umpan-balik-rekan/putaran/tambah/",
            "/umpan-balik-rekan/putaran/",
            "a link to putaran",
            "undian/",
        ),
        *("../tutup/", "/isi-bersama/", "/lembar-kertas/"),
    ],
    "inspektorat": [
        "/laporan-perilaku/",
        "the first laporan-perilaku",
        "/",
        "/aturan/",
        "the first aturan",
        "/kemajuan-unit/",
        "/pohon-kinerja/",
        "/bimbingan/",
    ],
}
