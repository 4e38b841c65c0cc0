"""Small files in the shapes in which the agencies publish theirs, written for these tests."""

from __future__ import annotations

import io

from openpyxl import Workbook


def order_line(number: int, code: str, billable: int, text: str) -> str:
    return f"{number:05} {code:7} {billable} {text[:60]:60} {text}\r\n"


CM_ORDER = "".join(
    (
        order_line(1, "A00", 0, "Cholera"),
        order_line(2, "A000", 1, "Cholera of the first kind"),
        order_line(3, "T14", 0, "Injury of a region"),
        order_line(4, "T148", 0, "Other injury of a region"),
        order_line(5, "T148XXA", 1, "Other injury of a region, initial"),
    )
).encode()
CM_CSV = (
    b"code,billable,short,long,parent,source\nA00,0,Cholera,Cholera,,list\n"
    b'A000,1,"Cholera, first","Cholera, of the first kind",A00,list\n'
)
PCS_ORDER = (
    order_line(1, "001", 0, "Nervous System, Bypass") + order_line(2, "0016070", 1, "Bypass of a ventricle")
).encode()
PCS_CSV = b'code,long_description,source\n0016070,"Bypass, open",list\n0016071,,list\n'

INDEX_CSV = (
    b"RowID,Letter,Level,Term,See,SeeAlso,NonEssModif,Code\n"
    b"1,A,0,Ache,,Pain,(dull),R52\n2,A,1,of head,Headache,,,\n3,A,2,,,,(left),S09.8-\n4,B,0,Burn,,,,\n"
)
NEOPLASMS_CSV = (
    b"RowID,Level,Term,SeeAlso,NonEssModif,MalignantPrimary,MalignantSecondary,CaInSitu,Benign,"
    b"UncertainBehavior,UnspecifiedBehavior\n"
    b"1,0,Neoplasm,,,C80.1,C79.9,-,D36.9,D48.9,D49.9\n2,1,thumb,,,C44.6-,,,,,\n"
)
DRUGS_CSV = (
    b"RowID,Letter,Level,Term,SeeAlso,NonEssModif,PoisoningAccidental,PoisoningIntentionalSelfHarm,"
    b"PoisoningAssault,PoisoningUndetermined,AdverseEffect,Underdosing\n"
    b"1,A,0,Aspirin,,(plain),T39.011,T39.012,T39.013,T39.014,T39.015,--\n"
)
INDEX_XML = b"""<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index>
<version>2025</version>
<title>ALPHABETIC INDEX</title>
<letter><title>A</title>
<mainTerm><title>Ache<nemod>(dull)</nemod> NEC</title><code>R52</code><seeAlso>Pain</seeAlso>
<term level="1"><title>of head</title><see>Headache</see>
<term level="2"><title><nemod>(left)</nemod></title><code>S09 .8-</code><manif>[G99.8]</manif></term></term>
<term level="1"><title>of sky</title><subcat>T75.0</subcat></term></mainTerm>
</letter>
</ICD10CM.index>
"""
DRUGS_XML = b"""<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index>
<version>2025</version>
<indexHeading><head col="1">Substance</head><head col="2">Accident</head></indexHeading>
<letter><title>A</title>
<mainTerm><title>Aspirin</title><cell col="2">T39.011</cell><cell col="7">--</cell>
<term level="1"><title>coated</title><cell col="6">T39.015</cell></term></mainTerm>
</letter>
</ICD10CM.index>
"""
POA = b'Order26\tPOAexemptCode\tDescription\r\n01238\tB90.0\tSequelae of one\r\n01239\tB91\t"Sequelae, of two"\r\n'
CHANGES = b"action,code,long_description\nadd,C7831,A new one\ndelete,A00,An old one\nrevise,A0011,Another\n"

PCS_TABLES = b"""<?xml version="1.0" encoding="utf-8"?>
<ICD10PCS.tabular>
<version>2025</version>
<pcsTable>
<axis pos="1" values="1"><title>Section</title><label code="0">Surgical</label></axis>
<axis pos="2" values="1"><title>Body System</title><label code="0">Nervous</label></axis>
<axis pos="3" values="1"><title>Operation</title><label code="1">Bypass</label><definition>Going round</definition>
</axis>
<pcsRow codes="4">
<axis pos="4" values="1"><title>Body Part</title><label code="6">Ventricle</label></axis>
<axis pos="5" values="2"><title>Approach</title><label code="0">Open</label><label code="3">Through</label></axis>
<axis pos="6" values="1"><title>Device</title><label code="Z">None</label></axis>
<axis pos="7" values="2"><title>Qualifier</title><label code="0">To nose</label><label code="B">To sinus</label></axis>
</pcsRow>
</pcsTable>
</ICD10PCS.tabular>
"""
PCS_INDEX = b"""<?xml version="1.0" encoding="utf-8"?>
<ICD10PCS.index>
<version>2025</version>
<letter><title>A</title>
<mainTerm><title>Abdominoplasty</title>
<term level="1"><see>Alteration, Wall<codes>0W 0F</codes></see></term>
<term level="1"><title>New</title><code>10A07ZX</code></term></mainTerm>
<mainTerm><title>Abdominal plexus</title><use>Sympathetic Nerve</use></mainTerm>
</letter>
</ICD10PCS.index>
"""
PCS_DEFINITIONS = b"""<?xml version="1.0" encoding="utf-8"?>
<ICD10PCS.definitions>
<version>2025</version>
<section code="0"><title>Surgical</title><axis pos="3"><title>Operation</title>
<terms><title>Bypass</title><definition>Going round</definition><includes>One</includes><includes>Two</includes></terms>
</axis></section>
<deviceAggregation><aggregate><device>Lead</device><operation>Insertion</operation><bodySys>Heart</bodySys>
<bodySys>Vessels</bodySys><parent value="M">Cardiac lead</parent></aggregate></deviceAggregation>
</ICD10PCS.definitions>
"""
BODY_PARTS = (
    b'{"name": "Key", "data": {"Abdominal plexus": ["Sympathetic Nerve"], "Wrist": ["Right", "Left"]}}'
)

GUIDELINE_PAGES = [
    "Guidelines\nPage 1 of 3",
    "Page 2 of 3\nSection I. Conventions .................... 3\nA. Placeholder ....................... 3\n"
    "1. A title that fills its line wholly and goes on\nto the next line ........................ 3\n"
    "Section II. Diagnosis .................... 3",
    "Page 3 of 3\nSection I. Conventions\nOf all.\nA. Placeholder\nUse X in T14.8- and E08 \u2013 E13, not in A00.\n"
    "1. A title that fills its line totally and goes on to\nthe next line\nSee Chapter 15.\n"
    "Section II. Diagnosis\nEnd.",
]


def conversions() -> bytes:
    """A workbook in the shape of the conversion table."""
    book = Workbook()
    sheet = book.active
    for row in (
        ["The table."],
        ["Current code assignment", "Effective", "Previous Code(s) Assignment"],
        ["A04.71", 2017, "A04.7"],
        ["W453XXS ", 2025, "W45.8XXS"],
        ["X50.9XXS", "2023-04-01", "Y93.01-Y93.9; R11- and None"],
        ["Z67.A4", 2024, "None"],
    ):
        sheet.append(row)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def pdf(pages: list[str]) -> bytes:
    """A PDF with the lines of `pages`, in plain ASCII."""
    kids = " ".join(f"{4 + 2 * place} 0 R" for place in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for place, page in enumerate(pages):
        lines = (
            line.replace("\u2013", "-").replace("(", r"\(").replace(")", r"\)") for line in page.splitlines()
        )
        drawn = "BT /F1 9 Tf 12 TL 40 750 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {5 + 2 * place} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>",
            f"<</Length {len(drawn)}>>\nstream\n{drawn}\nendstream",
        ]
    content, places = "%PDF-1.4\n", []
    for number, told in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{told}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        f"{content}xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\n"
        f"startxref\n{len(content)}\n%%EOF\n"
    ).encode()


CM_TABULAR = b"""<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular>
<version>2026</version>
<chapter><name>19</name><desc>Injury of regions (S00-T88)</desc>
<useAdditionalCode><note>Secondary code(s) from Chapter 20</note></useAdditionalCode>
<section id="T07-T14"><desc>Injuries of unspecified region (T07-T14)</desc>
<diag><name>T14</name><desc>Injury of a region</desc>
<excludes1><note>multiple injuries (T07)</note></excludes1>
<sevenChrNote><note>The 7th character is added</note></sevenChrNote>
<sevenChrDef><extension char="A">initial</extension><extension char="D">subsequent</extension></sevenChrDef>
<diag placeholder="true"><name>T14.8</name><desc>Other injury of a region</desc>
<inclusionTerm><note>Abrasion NOS</note></inclusionTerm></diag></diag></section></chapter>
</ICD10CM.tabular>
"""
