"""Deterministic synthetic generator of medical-coding job postings (NDJSON).
usage: generate_postings.py N out.ndjson [seed]"""

import json, random, sys, time

TITLES = [
    "Medical Coder",
    "Coding Specialist",
    "Inpatient Coder",
    "Outpatient Coder",
    "Risk Adjustment Coder",
    "HCC Coder",
    "Coding Auditor",
    "Clinical Documentation Integrity Specialist",
    "Revenue Integrity Analyst",
    "Coding Manager",
    "Coding Educator",
    "Charge Capture Analyst",
    "Denials Coding Analyst",
    "Profee Coder",
    "Facility Coder",
    "E/M Auditor",
    "Interventional Radiology Coder",
    "Surgery Coder",
    "ED Coder",
    "Coding Compliance Analyst",
]
TW = [20, 12, 9, 9, 7, 6, 6, 4, 4, 4, 2, 3, 4, 5, 4, 3, 3, 4, 4, 3]
LEVEL = ["", "", "", "Senior ", "Lead ", "Junior ", "Certified ", "Remote ", "PRN ", "Entry Level "]
SPEC = [
    "cardiology",
    "orthopedics",
    "interventional radiology",
    "radiology",
    "emergency medicine",
    "pain management",
    "anesthesiology",
    "oncology",
    "gastroenterology",
    "general surgery",
    "neurology",
    "neurosurgery",
    "obstetrics and gynecology",
    "pediatrics",
    "family practice",
    "internal medicine",
    "urology",
    "nephrology",
    "pulmonology",
    "dermatology",
    "ophthalmology",
    "otolaryngology",
    "psychiatry",
    "behavioral health",
    "physical therapy",
    "wound care",
    "vascular surgery",
    "cardiothoracic surgery",
    "plastic surgery",
    "podiatry",
    "endocrinology",
    "rheumatology",
    "infectious disease",
    "hematology",
    "pathology and laboratory",
    "home health",
    "hospice",
    "skilled nursing",
    "dental",
    "ambulatory surgery",
]
CRED = [
    "CPC",
    "CCS",
    "COC",
    "CIC",
    "CRC",
    "RHIA",
    "RHIT",
    "CCS-P",
    "CCA",
    "CPMA",
    "CDEO",
    "CDIP",
    "CCDS",
    "CPC-A",
    "CEMC",
    "CIRCC",
    "CANPC",
    "CCC",
    "CGSC",
    "COSC",
    "CPB",
    "CHC",
]
CW = [30, 22, 10, 9, 10, 12, 14, 8, 5, 10, 3, 3, 4, 6, 3, 2, 2, 3, 2, 2, 4, 2]
CS = ["ICD-10-CM", "CPT", "HCPCS", "ICD-10-PCS", "MS-DRG", "APC", "HCC", "CDT"]
CSW = [90, 75, 50, 25, 22, 15, 18, 2]
ARR = ["remote", "hybrid", "onsite"]
ARRW = [48, 17, 35]
EMP = ["full-time", "part-time", "contract", "per-diem", "temporary"]
EMPW = [70, 10, 11, 6, 3]
STATES = {
    "CA": (36.7, -119.7, 39),
    "TX": (31.0, -99.0, 30),
    "FL": (28.0, -82.0, 22),
    "NY": (42.9, -75.5, 20),
    "PA": (40.9, -77.8, 13),
    "IL": (40.0, -89.2, 12.5),
    "OH": (40.3, -82.8, 11.8),
    "GA": (32.6, -83.4, 11),
    "NC": (35.5, -79.4, 10.7),
    "MI": (44.3, -85.4, 10),
    "NJ": (40.2, -74.7, 9),
    "VA": (37.5, -78.9, 8.6),
    "WA": (47.4, -120.4, 7.8),
    "AZ": (34.3, -111.7, 7.4),
    "MA": (42.3, -71.8, 7),
    "TN": (35.9, -86.4, 7),
    "IN": (39.9, -86.3, 6.8),
    "MD": (39.0, -76.8, 6.2),
    "MO": (38.4, -92.5, 6.2),
    "WI": (44.6, -89.7, 5.9),
    "CO": (39.0, -105.5, 5.8),
    "MN": (46.3, -94.3, 5.7),
    "SC": (33.9, -80.9, 5.3),
    "AL": (32.8, -86.8, 5.1),
    "LA": (31.1, -92.0, 4.6),
    "KY": (37.5, -85.3, 4.5),
    "OR": (43.9, -120.6, 4.2),
    "OK": (35.6, -97.5, 4),
    "CT": (41.6, -72.7, 3.6),
    "UT": (39.3, -111.7, 3.4),
    "IA": (42.0, -93.5, 3.2),
    "NV": (39.3, -116.6, 3.2),
    "AR": (34.9, -92.4, 3),
    "MS": (32.7, -89.7, 2.9),
    "KS": (38.5, -98.4, 2.9),
    "NM": (34.4, -106.1, 2.1),
    "NE": (41.5, -99.8, 2),
    "ID": (44.4, -114.6, 1.9),
    "WV": (38.6, -80.6, 1.8),
    "HI": (20.3, -156.4, 1.4),
    "NH": (43.7, -71.6, 1.4),
    "ME": (45.4, -69.2, 1.4),
    "MT": (47.0, -109.6, 1.1),
    "RI": (41.7, -71.6, 1.1),
    "DE": (39.0, -75.5, 1),
    "SD": (44.4, -100.2, 0.9),
    "ND": (47.5, -100.5, 0.8),
    "AK": (64.1, -152.3, 0.7),
    "VT": (44.1, -72.7, 0.6),
    "WY": (43.0, -107.6, 0.6),
    "DC": (38.9, -77.0, 0.7),
}
SL = list(STATES)
SW = [STATES[s][2] for s in SL]
CITYA = [
    "Spring",
    "Fair",
    "Green",
    "Oak",
    "River",
    "Lake",
    "Mill",
    "North",
    "West",
    "Cedar",
    "Maple",
    "Clear",
    "Stone",
    "Ash",
    "Brook",
    "Union",
    "Grand",
    "Silver",
    "Fort",
    "New",
]
CITYB = ["field", "view", "ville", "port", "dale", "ton", "wood", "haven", "burg", "ford", "mont", "side"]
EA = [
    "Mercy",
    "St. Luke's",
    "Providence",
    "Summit",
    "Lakeside",
    "Unity",
    "Pinnacle",
    "Evergreen",
    "Cornerstone",
    "Beacon",
    "Horizon",
    "Riverbend",
    "Sacred Heart",
    "Valley",
    "Metro",
    "Heritage",
    "Trinity",
    "Northstar",
    "Bluestone",
    "Alliance",
]
EB = [
    "Health",
    "Medical Center",
    "Physician Group",
    "Hospital System",
    "Healthcare Partners",
    "Coding Solutions",
    "Revenue Cycle",
    "HIM Services",
    "Clinics",
    "University Hospital",
]
# sentence templates; {s} specialty, {c} credential, {k} code set, {e} employer
SENT = [
    "We are seeking an experienced coder to review {s} encounters and assign accurate diagnosis and procedure codes.",
    "The coder assigns {k} codes from clinical documentation in accordance with official coding guidelines and payer policy.",
    "Responsibilities include abstracting data, resolving claim edits, and querying providers when documentation is unclear.",
    "Performs evaluation and management leveling for {s} visits and validates medical necessity.",
    "Candidates must hold an active {c} credential and have at least {n} years of hands-on coding experience.",
    "Reviews hierarchical condition categories and supports risk adjustment submissions for Medicare Advantage plans.",
    "Maintains a coding accuracy rate of {p} percent and meets daily productivity standards set by the department.",
    "Experience with Epic, Cerner, 3M 360 Encompass, or Optum encoder software is preferred.",
    "Works closely with physicians, clinical documentation staff, and billing to reduce denials and rework.",
    "{e} offers flexible scheduling, paid time off, continuing education reimbursement, and a retirement match.",
    "Knowledge of anatomy, physiology, pharmacology, and medical terminology is required for this position.",
    "Assigns modifiers including 25, 59, and laterality modifiers, and sequences procedures by relative value.",
    "Participates in internal audits, responds to audit findings, and delivers education to providers.",
    "This position supports {s} and {s2} service lines across several facilities.",
    "High school diploma required; associate degree in health information management preferred.",
    "Equipment is provided for remote staff, who must have a secure home office and reliable internet.",
    "Ensures compliance with HIPAA, CMS rules, National Correct Coding Initiative edits, and local coverage determinations.",
    "Reviews operative reports, pathology findings, imaging results, and anesthesia records before final coding.",
    "Assigns MS-DRG and APC groupings and validates present on admission indicators for inpatient accounts.",
    "The ideal candidate works independently, communicates clearly, and keeps up with quarterly code updates.",
    "Fluoroscopic guidance, injections, and spine procedures make up a large share of the {s} volume.",
    "Monitors discharged not final billed reports and works the queue to keep accounts within target days.",
    "Appeals denied claims with supporting documentation and tracks payer trends for leadership.",
    "Backlog projects and overtime may be available during peak season.",
    "Pays between {lo} and {hi} dollars per year depending on experience and credentials.",
    "Sign-on bonus available for credentialed {s} coders who start within thirty days.",
]
CODES_CPT = [
    str(x)
    for x in list(range(10021, 10022))
    + list(range(20600, 20612))
    + list(range(22510, 22516))
    + list(range(27440, 27448))
    + list(range(33206, 33250))
    + list(range(36215, 36249))
    + list(range(43235, 43260))
    + list(range(62320, 62328))
    + list(range(64479, 64500))
    + list(range(70010, 70030))
    + list(range(77001, 77004))
    + list(range(92920, 92945))
    + list(range(93451, 93462))
    + list(range(99202, 99216))
    + list(range(99221, 99240))
    + list(range(99281, 99286))
]
CODES_HCPCS = ["%s%04d" % (p, n) for p in "GJAEQ" for n in range(101, 900, 7)]
CODES_ICD = [
    "%s%02d.%d" % (l, a, b) for l in "ABCDEFGHIJKLMNRSTZ" for a in range(0, 100, 3) for b in range(0, 10, 2)
]
DAY = 86400
NOW = 1_790_000_000


def make(i, R):
    spec = R.choices(
        SPEC, weights=[1 / (1 + k * 0.12) for k in range(len(SPEC))], k=R.choice((1, 1, 1, 2, 2, 3))
    )
    spec = list(dict.fromkeys(spec))
    title = R.choice(LEVEL) + R.choices(TITLES, TW)[0]
    if R.random() < 0.35:
        title += " - " + spec[0].title()
    cred = list(dict.fromkeys(R.choices(CRED, CW, k=R.choice((0, 1, 1, 2, 2, 3, 4)))))
    cs = [c for c, w in zip(CS, CSW) if R.random() * 100 < w] or ["ICD-10-CM"]
    st = R.choices(SL, SW)[0]
    la, lo, _ = STATES[st]
    emp = R.choice(EA) + " " + R.choice(EB)
    if R.random() < 0.3:
        emp += " of " + R.choice(CITYA) + R.choice(CITYB)
    sal = R.randrange(38, 125) * 1000 if R.random() < 0.72 else 0
    hi = sal + R.randrange(4, 30) * 1000 if sal else 0
    ns = R.randint(9, 17)
    ss = R.sample(SENT, ns)
    parts = []
    for s in ss:
        parts.append(
            s.format(
                s=spec[0],
                s2=spec[-1],
                c=(cred[0] if cred else "CPC"),
                k=R.choice(cs),
                e=emp,
                n=R.randint(1, 7),
                p=R.randint(92, 98),
                lo=sal or 50000,
                hi=hi or 70000,
            )
        )
    nc = R.choice((0, 0, 1, 2, 3, 5, 8))
    codes = []
    for _ in range(nc):
        x = R.random()
        codes.append(
            R.choice(CODES_CPT) if x < 0.55 else R.choice(CODES_ICD) if x < 0.85 else R.choice(CODES_HCPCS)
        )
    codes = list(dict.fromkeys(codes))
    if codes and R.random() < 0.6:
        parts.append("Typical codes include " + ", ".join(codes) + ".")
    return {
        "id": i,
        "title": title,
        "employer": emp,
        "description": " ".join(parts),
        "specialty": spec,
        "credential": cred,
        "code_set": cs,
        "arrangement": R.choices(ARR, ARRW)[0],
        "employment": R.choices(EMP, EMPW)[0],
        "state": st,
        "city": R.choice(CITYA) + R.choice(CITYB),
        "lat": round(la + R.gauss(0, 0.9), 4),
        "lon": round(lo + R.gauss(0, 1.1), 4),
        "salary_min": sal,
        "salary_max": hi,
        "posted": NOW - int(min(R.expovariate(1 / 25), 400) * DAY),
        "codes": codes,
    }


def gen(n, seed=7):
    R = random.Random(seed)
    for i in range(n):
        yield make(i, R)


if __name__ == "__main__":
    n = int(sys.argv[1])
    t = time.time()
    with open(sys.argv[2], "w") as f:
        w = 0
        for d in gen(n, int(sys.argv[3]) if len(sys.argv) > 3 else 7):
            w += len(d["description"].split())
            f.write(json.dumps(d, separators=(",", ":")) + "\n")
    print(n, "docs", round(w / n, 1), "words/desc", round(time.time() - t, 1), "s")
