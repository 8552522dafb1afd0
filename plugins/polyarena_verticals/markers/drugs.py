"""Drug names: common ones by name, others by the stems that the WHO gives to INNs."""

from __future__ import annotations

import re

from ..marker import Marker

_NAMES = """
paracetamol acetaminophen aspirin ibuprofen naproxen diclofenac celecoxib etoricoxib metamizole
morphine oxycodone hydromorphone fentanyl tramadol codeine buprenorphine methadone naloxone ketamine
propofol warfarin heparin digoxin amiodarone furosemide torasemide hydrochlorothiazide
spironolactone eplerenone nitroglycerin insulin metformin levothyroxine carbimazole propylthiouracil
allopurinol colchicine methotrexate azathioprine ciclosporin tacrolimus hydroxychloroquine lithium
lamotrigine levetiracetam carbamazepine valproate phenytoin gabapentin pregabalin haloperidol
quetiapine olanzapine risperidone aripiprazole clozapine mirtazapine bupropion trazodone venlafaxine
duloxetine salbutamol albuterol tiotropium ipratropium theophylline montelukast adrenaline
epinephrine noradrenaline norepinephrine dopamine dobutamine atropine prednisone hydrocortisone
tamoxifen cisplatin carboplatin doxorubicin cyclophosphamide fluorouracil capecitabine gemcitabine
vancomycin doxycycline nitrofurantoin trimethoprim cotrimoxazole metronidazole linezolid
clindamycin gentamicin rifampicin isoniazid ethambutol pyrazinamide permethrin ivermectin
oseltamivir finasteride tamsulosin sildenafil tadalafil mifepristone misoprostol oxytocin
levonorgestrel alteplase clopidogrel ticagrelor prasugrel loperamide bisacodyl macrogol
metoclopramide sumatriptan levodopa memantine donepezil
"""
_STEMS = (
    "pril sartan statin olol dipine semide thiazide gliptin gliflozin glutide glitazone xaban "
    "gatran parin grel tidine prazole setron triptan azepam azolam oxetine pramine triptyline "
    "peridone cillin floxacin cycline mycin micin conazole vir nidazole bactam penem tinib ciclib "
    "rafenib zomib limus mab cept platin rubicin taxel sone solone dronate terol tropium lukast "
    "caine curonium profen coxib fenac"
)
# Ordinary words that end in a stem.
_PLAIN = r"(?:april|except|accept|concept|intercept|percept|precept|reservoir|\w{0,12}sterol)"

DRUG = Marker(
    "drug",
    "Drug",
    re.compile(
        rf"(?<![\w@#/])(?!{_PLAIN}\b)(?:{'|'.join(_NAMES.split())}"
        rf"|[a-z]{{3,18}}(?:{'|'.join(_STEMS.split())}))(?!\w)",
        re.IGNORECASE,
    ),
)
