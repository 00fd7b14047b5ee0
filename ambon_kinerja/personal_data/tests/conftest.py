from ambon_kinerja.personal_data.tests.scene import cast, records  # noqa: F401
