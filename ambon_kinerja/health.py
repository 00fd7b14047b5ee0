"""Is this process able to serve? Says only yes or no."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpResponse


@login_not_required
def healthy(request):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("tidak siap", status=503, content_type="text/plain")
    return HttpResponse("siap", content_type="text/plain")
