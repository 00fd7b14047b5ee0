"""What the page of a plan says of the matrix of roles, without its view knowing of it."""

from django import template

from appraisal.cascading.queries import open_offers

register = template.Library()


@register.simple_tag
def role_offers(skp):
    """How many roles of the leader's matrix wait to be taken into `skp`."""
    return open_offers(skp)
