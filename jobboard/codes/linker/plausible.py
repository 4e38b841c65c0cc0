"""What the public code sets make plausible, for places where a text does not say which system it means.

These are facts about shapes, not editions: whether a mention is *known* is asked of what is loaded. A text
that names the system needs none of them; a text that does not ("gate B12", "take the F150") is held against
them. From the public files of CDC/NCHS and CMS: the categories of ICD-10-CM, the tables (first three
characters) of ICD-10-PCS, the spans and modifiers of HCPCS Level II.
"""

from __future__ import annotations

from jobboard.codes.linker.wordlists import words

_CATEGORY_SPANS = """
A 00-09 15 17-28 30-44 46 48-60 63-71 74-75 77-96 98-99|B 00-10 15-20 25-27 30 33-60 64-83 85-92 94-97 99
C 00-26 30-34 37-41 43-58 60-86 88 90-96|D 00-07 09-53 55-78 80-84 86 89
E 00-11 13 15-16 20-32 34-36 40-46 50-56 58-61 63-68 70-80 83-89
F 01-07 09-25 28-34 39-45 48 50-55 59-60 63-66 68-73 78-82 84 88-91 93-95 98-99
G 00-14 20-21 23-26 30-32 35-37 40 43-47 50-65 70-73 80-83 89-99
H 00-02 04-05 10-11 15-18 20-22 25-28 30-36 40 42-44 46-47 49-55 57 59-62 65-75 80-83 90-95
I 00-02 05-13 15-16 20-28 30-52 60-63 65-83 85-89 95-97 99
J 00-06 09-18 20-22 30-45 47 60-70 80-82 84-86 90-96 98-99
K 00-06 08-09 11-14 20-23 25-31 35-38 40-46 50-52 55-68 70-77 80-83 85-87 90-92 94-95
L 00-05 08 10-14 20-30 40-45 49-60 62-68 70-76 80-95 97-99
M 00-02 04-08 10-27 30-36 40-43 45-51 53-54 60-63 65-67 70-72 75-77 79-81 83-97 99
N 00-08 10-23 25-37 39-53 60-65 70-77 80-99|O 00-04 07-16 20-26 28-36 40-48 60-77 80 82 85-92 94 98-99
P 00-05 07-15 19 22-29 35-39 50-61 70-72 74 76-78 80-81 83-84 90-96
Q 00-07 10-18 20-28 30-45 50-56 60-87 89-93 95-99|R 00-01 03-07 09-23 25-27 29-37 39-65 68-71 73-94 97 99
S 00-17 19-99|T 07 14-28 30-34 36-71 73-76 78-88|U 07 09|V 00-06 09-99
W 00-01 03-40 42 44-46 49-62 64-65 67 69 73-74 85-86 88-90 92-94 99
X 00-06 08 10-19 30-32 34-39 50 52 58 71-83 92-99
Y 00-04 07-09 21-33 35-38 62-66 69-84 90 92-93 95 99
Z 00-05 08-09 11-23 28-34 36-49 51-53 55-60 62-99
"""
_LETTERED_CATEGORIES = "C4A C7A C7B D3A I1A I5A J4A J4B K6A M1A O9A QA0 QA1 Z3A"

# section, then each body system with its operations
_PCS_TABLES = """
0: 0=125789BCDFHJKNPQRSTUWX 1=2589BCDHJNPQRSUWX 2=14578BCFHJKLNPQRSTUVWY 3=1579BCFHJLNPQRSUVW
0: 4=1579BCFHJLNPQRSUVW 5=1579BCDFHJLNPQRSUVW 6=1579BCDFHJLNPQRSUVW 7=1259BCDHJLNPQSTUVWY
0: 8=012579BCDFHJLMNPQRSTUVWX 9=01235789BCDHJMNPQRSTUWX B=12579BCDFHJLMNPQRSTUVWY
0: C=012579BCDFHJLMNPQRSTUVWXY D=125789BCDFHJLMNPQRSTUVWXY F=125789BCDFHJLMNPQRSTUVWY G=2589BCHJMNPQSTW
0: H=02589BCDHJMNPQRSTUWX J=02589BCDHJNPQRUWX K=2589BCDHJMNPQRSTUWX L=2589BCDHJMNPQRSTUWX
0: M=2589BCDHJMNPQRSTUWX N=2589BCDHJNPQRSTUW P=2589BCDHJNPQRSTUW Q=2589BCDHJNPQRSTUW R=259BCGHJNPQRSTUW
0: S=259BCGHJNPQRSTUW T=125789BCDFHJLMNPQRSTUVWXY U=125789BCDFHJLMNPQSTUVWY V=12579BCHJLMNPQRSTUWXY
0: W=0123489BCFHJMPQUWY X=02369BHJMPQRUWXY Y=02369BHJMPQUW
1: 0=29ADEHJPQSTY
2: W=0123456 Y=045
3: 0=2 C=1 E=01
4: A=01 B=0
5: A=012
6: A=0123456789B
7: W=0
8: C=0 E=0
9: W=B
B: 0=01234 2=01234 3=01234 4=01234 5=01234 7=0 8=02345 9=0123 B=01234 D=124 F=012345 G=234 H=034 L=34
B: N=0123 P=01234 Q=01234 R=01234 T=01234 U=0134 V=01234 W=012345 Y=34
C: 0=1235 2=1235 5=1 7=1256 8=1 9=1 B=123 D=12 F=12 G=124 H=12 P=125 T=126 V=1 W=12357
D: 0=012Y 2=2 7=012Y 8=012Y 9=012Y B=012Y D=012Y F=012Y G=012Y H=0Y M=012Y P=0Y T=012Y U=012Y V=012Y W=012Y
F: 0=0126789BCDF 1=345
G: Z=123567BCFGHJ
H: Z=2345689
X: 0=5HZ 2=78ACHJKRUV 9=H D=JP E=Z F=5J H=HR K=U N=HRSU R=GHR T=2 U=7 W=01H X=2AE Y=0
"""

_LEVEL2_SPANS = {
    "A": (21, 9999), "B": (4034, 9999), "C": (1052, 9999), "E": (100, 8002), "G": (8, 9999), "H": (1, 2041),
    "J": (13, 9999), "K": (1, 1100), "L": (112, 9900), "M": (1, 1600), "P": (2028, 9615), "Q": (35, 9999),
    "R": (70, 76), "S": (12, 9999), "T": (1000, 5999), "U": (1, 5), "V": (2020, 5364),
}  # fmt: skip

_LEVEL2_MODIFIERS = words(
    """
    A1 A2 A3 A4 A5 A6 A7 A8 A9 AA AB AD AE AF AG AH AI AJ AK AM AO AP AQ AR AS AT AU AV AW AX AY AZ BA BL
    BO BP BR BU CA CB CC CD CE CF CG CH CI CJ CK CL CM CN CO CP CQ CR CS CT DA E1 E2 E3 E4 EA EB EC ED EE
    EJ EM EP ER ET EX EY F1 F2 F3 F4 F5 F6 F7 F8 F9 FA FB FC FP FQ FR FS FT FX FY G0 G1 G2 G3 G4 G5 G6 G7
    G8 G9 GA GB GC GD GE GF GG GH GJ GK GL GM GN GO GP GQ GR GS GT GU GV GW GX GY GZ H9 HA HB HC HD HE HF
    HG HH HI HJ HK HL HM HN HO HP HQ HR HS HT HU HV HW HX HY HZ J1 J2 J3 J4 J5 JA JB JC JD JE JF JG JK JL
    JW JZ K0 K1 K2 K3 K4 KA KB KC KD KE KF KG KH KI KJ KK KL KM KN KO KP KQ KR KS KT KU KV KW KX KY KZ L1
    LC LD LL LM LR LS LT LU M2 MA MB MC MD ME MF MG MH MS N1 N2 N3 NB NR NU P1 P2 P3 P4 P5 P6 PA PB PC PD
    PI PL PM PN PO PS PT Q0 Q1 Q2 Q3 Q4 Q5 Q6 Q7 Q8 Q9 QA QB QC QD QE QF QG QH QJ QK QL QM QN QP QQ QR QS
    QT QW QX QY QZ RA RB RC RD RE RI RR RT SA SB SC SD SE SF SG SH SJ SK SL SM SN SQ SS ST SU SV SW SY SZ
    T1 T2 T3 T4 T5 T6 T7 T8 T9 TA TB TC TD TE TF TG TH TJ TK TL TM TN TP TQ TR TS TT TU TV TW U1 U2 U3 U4
    U5 U6 U7 U8 U9 UA UB UC UD UE UF UG UH UJ UK UN UP UQ UR US V1 V2 V3 V4 V5 V6 V7 V8 V9 VM VP X1 X2 X3
    X4 X5 XE XP XS XU ZA ZB ZC 1P 2P 3P 8P
    """
)
# the spans of two-digit modifiers in use; a pair outside them ends a range (99202-15) or is a plain number
_NUMERIC_MODIFIERS = frozenset(
    str(number)
    for first, last in (
        (22, 27),
        (32, 33),
        (47, 47),
        (50, 59),
        (62, 63),
        (66, 66),
        (73, 82),
        (90, 93),
        (95, 99),
    )
    for number in range(first, last + 1)
)


_ENDS_OF_RIDES = frozenset("DEGHIJNPRSX")
# for anesthesia and procedures, never for visits: bilateral, split care, two surgeons, stopped procedures
_NOT_OF_VISITS = frozenset({"23", "47", "50", "54", "55", "56", "62", "63", "66", "73", "74"})


def _spread_categories() -> frozenset[str]:
    found = set(_LETTERED_CATEGORIES.split())
    for letter, *spans in (
        part.split() for line in _CATEGORY_SPANS.split("\n") for part in line.split("|") if part
    ):
        for span in spans:
            first, _, last = span.partition("-")
            found.update(f"{letter}{number:02d}" for number in range(int(first), int(last or first) + 1))
    return frozenset(found)


def _spread_tables() -> frozenset[str]:
    found: set[str] = set()
    for line in _PCS_TABLES.strip().splitlines():
        section, _, systems = line.partition(": ")
        for entry in systems.split():
            body_system, _, operations = entry.partition("=")
            found.update(section + body_system + operation for operation in operations)
    return frozenset(found)


_CATEGORIES = _spread_categories()
_TABLES = _spread_tables()


def is_category(code: str) -> bool:
    """Whether the first three characters are a category of ICD-10-CM."""
    return code[:3] in _CATEGORIES


def is_pcs_table(code: str) -> bool:
    """Whether the first three characters are a table of ICD-10-PCS."""
    return code[:3] in _TABLES


def in_level2_span(code: str) -> bool:
    """Whether a letter and four digits lie where HCPCS Level II has codes; D-codes (CDT) never do."""
    span = _LEVEL2_SPANS.get(code[0])
    return span is not None and span[0] <= int(code[1:]) <= span[1]


def is_modifier(pair: str) -> bool:
    """Whether two characters are a modifier in use."""
    return pair in _NUMERIC_MODIFIERS or pair in _LEVEL2_MODIFIERS


def is_ride(pair: str, code: str) -> bool:
    """Whether two letters say whence and whither an ambulance went (`A0427 RH`: from a residence to a hospital)."""
    return code.startswith("A04") and len(pair) == 2 and set(pair) <= _ENDS_OF_RIDES


def modifies(pair: str, code: str) -> bool:
    """Whether `pair`, written behind the dash of a CPT code, is its modifier and not the end of a range.

    `99213-25` carries a modifier, `99221-23` and `62320-27` are ranges: 23 and its like belong to
    procedures, 27 to hospital visits, 33 and 97 not to hospital care and physicals.
    """
    if not is_modifier(pair):
        return False
    if not (pair.isdecimal() and code.isdecimal()) or code[3:] >= pair:
        return True
    visit = code.startswith(("992", "993", "994"))
    if visit and pair in _NOT_OF_VISITS:
        return False
    if pair[0] == "7" == code[3]:  # 15271-78: the repeats and returns hardly hang on their own neighbours
        return False
    if code.startswith(("9922", "9923", "9938", "9939")) and pair in {"33", "97"}:
        return False
    return not (pair == "27" and not visit)
