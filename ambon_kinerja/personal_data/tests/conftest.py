from ambon_kinerja.personal_data.tests.scene import cast, everything, records  # noqa: F401
