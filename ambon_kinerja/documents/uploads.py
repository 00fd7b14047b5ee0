"""Hashing an uploaded file while it arrives, without keeping any of it."""

import hashlib

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class HashedUpload(UploadedFile):
    """An upload of which only name, size and SHA-256 are left."""

    def __init__(self, *, name, size, sha256):
        super().__init__(file=None, name=name, size=size)
        self.sha256 = sha256


class HashingHandler(FileUploadHandler):
    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.digest = hashlib.sha256()

    def receive_data_chunk(self, raw_data, start):
        self.digest.update(raw_data)

    def file_complete(self, file_size):
        return HashedUpload(name=self.file_name, size=file_size, sha256=self.digest.hexdigest())
