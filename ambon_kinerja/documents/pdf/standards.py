"""What makes a file PDF/A-3a and PDF/UA-1 at once. Imported only while rendering: see render.py.

PDF/A-3a: ISO 19005-3 level A. PDF/UA-1: ISO 14289-1. WeasyPrint marks a file as one of them only.
"""

from xml.etree import ElementTree

from defusedxml.ElementTree import fromstring
from weasyprint.document import DocumentMetadata

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PDFUA = "http://www.aiim.org/pdfua/ns/id/"
EXTENSION = "http://www.aiim.org/pdfa/ns/extension/"
SCHEMA = "http://www.aiim.org/pdfa/ns/schema#"
PROPERTY = "http://www.aiim.org/pdfa/ns/property#"
for prefix, uri in {"pdfaExtension": EXTENSION, "pdfaSchema": SCHEMA, "pdfaProperty": PROPERTY}.items():
    ElementTree.register_namespace(prefix, uri)

# PDF/A allows a foreign property such as pdfuaid:part only when its schema is described beside it.
UA_CLAIM = f"""<rdf:RDF xmlns:rdf="{RDF}" xmlns:pdfuaid="{PDFUA}" xmlns:pdfaExtension="{EXTENSION}"
 xmlns:pdfaSchema="{SCHEMA}" xmlns:pdfaProperty="{PROPERTY}">
<rdf:Description rdf:about="" pdfuaid:part="1"/>
<rdf:Description rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{PDFUA}</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""


class ArchiveMetadata(DocumentMetadata):
    def generate_rdf_metadata(self, variant, version, conformance):
        rdf = fromstring(super().generate_rdf_metadata(variant, version, conformance))
        rdf.extend(fromstring(UA_CLAIM))
        return ElementTree.tostring(rdf, encoding="utf-8")


def list_attachments_once(_document, pdf):
    """WeasyPrint names each embedded file twice in the catalogue's AF array."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
