"""The guiding questions of each method of cascading (PermenPANRB 6/2022 pages 39-43). Pure."""

QUESTIONS = {
    "aspect": (
        ("aspects", "Aspek, komponen, kriteria, atau tahapan apa saja yang membentuk indikator ini?"),
    ),
    "region": (("regions", "Wilayah apa saja, dan siapa yang bertanggung jawab atas setiap wilayah?"),),
    "load": (("loads", "Bagaimana beban target dibagi, dan berapa bagian setiap orang?"),),
    "service": (
        ("services", "Layanan apa yang dihasilkan unit kerja?"),
        ("receivers", "Siapa target penerima layanan?"),
        ("problems", "Masalah apa yang sebelumnya dihadapi dalam memberi layanan?"),
        ("expectations", "Apa yang diharapkan penerima layanan?"),
        ("strengthening", "Penguatan internal apa yang bisa mendukung layanan?"),
        ("advocacy", "Korespondensi dan advokasi apa yang perlu dilakukan?"),
    ),
    "intermediate": (
        ("main_output", "Output utama apa yang akan dihasilkan unit kerja?"),
        ("steps", "Pekerjaan apa yang mendukungnya, dan apa output dari setiap pekerjaan itu?"),
    ),
}
HINTS = {
    "aspect": "Indikator terdiri atas aspek atau tahapan menurut aturan atau SOP.",
    "region": "Target dibagi menurut wilayah kerja.",
    "load": "Target berupa angka yang dibagi kepada pegawai.",
    "service": "Fokus pada penerima layanan; cocok untuk fungsi pendukung.",
    "intermediate": "Output dari rangkaian pekerjaan yang mendukung output utama.",
}


def answers_of(method, sent):
    """Of all answers those to the questions of the chosen method, without empty ones."""
    return {name: sent[name] for name, _ in QUESTIONS[method] if sent.get(name)}


def answered(method, answers):
    """[(question, answer)] as a page reads them."""
    return [(question, answers[name]) for name, question in QUESTIONS[method] if answers.get(name)]
