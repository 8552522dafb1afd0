"""Law. Fields are subject headings of the Current Index to Legal Periodicals, some joined."""

from __future__ import annotations

from polyarena import Aspect, Flag, PromptField, Starter

from ..markers.cases import CASES, NAMED
from ..markers.scholarly import ADDRESS, DOI, ISBN
from ..markers.statutes import STATUTES
from ..occupation import Occupation, Specialty

SPECIALTIES = (
    Specialty(
        "administrative",
        "Administrative law",
        "administrative, judicial review, agency, rulemaking, permit, licence, ombudsman, "
        "Verwaltungsakt, chevron",
    ),
    Specialty(
        "banking-securities",
        "Banking, finance and securities",
        "securities, bank*, prospectus, insider trading, loan agreement, mifid, 10b-5, "
        "shareholder*",
    ),
    Specialty(
        "bankruptcy",
        "Bankruptcy law",
        "bankrupt*, insolven*, creditor*, chapter 11, liquidat*, restructuring",
    ),
    Specialty(
        "civil-rights",
        "Civil rights and discrimination",
        "discriminat*, civil rights, equal protection, section 1983, harassment, title vii, AGG",
    ),
    Specialty(
        "commercial",
        "Commercial law",
        "contract*, breach, warranty, sale of goods, indemnity, force majeure, liquidated damages, "
        "consideration, terms and conditions, distributor, clause",
    ),
    Specialty(
        "constitutional",
        "Constitutional law",
        "constitution*, first amendment, fundamental right*, separation of powers, free speech, "
        "fourteenth amendment, supreme court",
    ),
    Specialty(
        "consumer",
        "Consumer protection",
        "consumer*, unfair terms, right of withdrawal, misleading advertising, refund, "
        "product liability",
    ),
    Specialty(
        "criminal",
        "Criminal law and procedure",
        "criminal, murder, theft, fraud, mens rea, prosecut*, sentenc*, miranda, search warrant, "
        "self defence, self-defense, accused",
    ),
    Specialty(
        "domestic-relations",
        "Domestic relations",
        "divorce, custody, alimony, child support, adoption, prenuptial, maintenance, spouse",
    ),
    Specialty(
        "employment",
        "Employment practice and labour law",
        "employ*, dismiss*, redundan*, non-compete, works council, trade union, wage*, severance",
    ),
    Specialty(
        "environment-energy",
        "Environmental and energy law",
        "environment*, emission*, pollution, renewable*, clean water, climate, waste",
    ),
    Specialty(
        "estates-trusts",
        "Estates and trusts",
        "inherit*, testator, probate, trust, trustee, executor, intestate, legacy, will",
    ),
    Specialty(
        "health",
        "Health law and policy",
        "medical malpractice, informed consent, hospital, health care, hipaa, patient rights, "
        "medical device*, clinical trial*",
    ),
    Specialty(
        "human-rights",
        "Human rights law",
        "human rights, echr, asylum, torture, fair trial, convention rights",
    ),
    Specialty(
        "immigration",
        "Immigration law",
        "immigra*, visa, deport*, residence permit, asylum, citizenship, green card",
    ),
    Specialty(
        "insurance",
        "Insurance law",
        "insur*, policyholder, coverage, subrogation, underwriter, claims handling",
    ),
    Specialty(
        "intellectual-property",
        "Intellectual property law",
        "copyright*, trade mark*, trademark*, patent*, fair use, licence agreement, infring*, "
        "trade secret*",
    ),
    Specialty(
        "international",
        "International law and trade",
        "treaty, international law, wto, sanctions, choice of law, jurisdiction clause, "
        "cross-border, arbitral award, conflict of laws",
    ),
    Specialty(
        "practice-procedure",
        "Practice and procedure",
        "motion, pleading, discovery, summary judgment, limitation period, class action, appeal, "
        "injunction, evidence, hearsay, service of process",
    ),
    Specialty(
        "privacy-technology",
        "Science, technology and privacy",
        "gdpr, dsgvo, data protection, personal data, privacy, artificial intelligence, ai act, "
        "processor, cookies, data breach",
    ),
    Specialty(
        "property",
        "Property and land use",
        "lease, landlord, tenant*, easement, mortgage, zoning, title deed, rent, conveyanc*",
    ),
    Specialty(
        "taxation",
        "Taxation",
        "tax*, vat, withholding, capital gains, transfer pricing, deduct*",
    ),
)

LEGAL = Occupation(
    id="legal",
    title="Legal",
    summary="Put a legal question; two models answer as to a fellow lawyer.",
    icon="§",
    order=61,
    brief="You are asked by a legal professional, in an arena where professionals compare answers. "
    "Answer under the law of the jurisdiction that is named; where none is, say which one you "
    "assume. Cite statutes and decisions so that they can be looked up, say which of them are "
    "binding there and as of when you know the law, and give the other side's best argument. "
    "Invent no authority: say so where you know of none.",
    notice="Describe a matter without anything that is privileged or could identify a client: no "
    "names, addresses, dates of birth, account or file numbers. Answers are made by machines, may "
    "cite what does not exist, and are no legal advice.",
    criteria=(
        Aspect("right-law", "Right law and jurisdiction", "The law of the place that was named"),
        Aspect("reasoning", "Sound reasoning", "From the facts to the result, step by step"),
        Aspect(
            "real-citations",
            "No invented citations",
            "Every authority exists and says so",
            weight=2.0,
        ),
        Aspect("current", "Current", "The law as it stands now"),
        Aspect("usable", "Usable", "Could go into a file with few changes"),
    ),
    harm=Flag(
        "harm",
        "Harm",
        (
            ("mild", "Costs time or money"),
            ("moderate", "Could lose a right or a case"),
            ("severe", "Could ruin a client, or break the law"),
        ),
        hint="What could come of it, if it went into a file.",
    ),
    specialties=SPECIALTIES,
    specialty_title="Field of law",
    fields=(
        PromptField(
            "jurisdiction",
            "Jurisdiction",
            placeholder="New York; England and Wales; Germany; European Union",
            hint="The law that applies.",
            limit=120,
        ),
        PromptField(
            "role",
            "Acting for",
            "choice",
            options=(
                ("", "Not said"),
                ("claimant", "Claimant or plaintiff"),
                ("defendant", "Defendant"),
                ("company", "A company, in-house"),
                ("private", "A private client"),
                ("authority", "An authority or regulator"),
                ("court", "A court or tribunal"),
                ("study", "Study or teaching"),
            ),
        ),
        PromptField(
            "client",
            "Matter",
            "text",
            placeholder="A software company with 40 employees; the contract is silent on notice",
            hint="Facts that matter, with parties as A and B: nothing that could identify anyone.",
            limit=6000,
        ),
    ),
    context="client",
    markers=(*CASES, *STATUTES, DOI, ISBN, ADDRESS, NAMED),
    starters=(
        Starter(
            "Test a clause",
            "Is this clause enforceable, against whom, and how would you rewrite it? “The "
            "Employee shall not, for 24 months after leaving, work for any competitor anywhere in "
            "the world.”",
            {"jurisdiction": "Germany", "specialty": "employment"},
        ),
        Starter(
            "Find the authority",
            "What must a claimant show for negligent misstatement causing pure economic loss? "
            "Give the leading cases in order, what each added, and the one that defendants rely "
            "on most.",
            {"jurisdiction": "England and Wales"},
        ),
        Starter(
            "Advise on a deadline",
            "The seller delivered a machine with a hidden defect 26 months ago; the buyer noticed "
            "it last week. Which limitation periods could apply, when do they run from, and what "
            "should the buyer do today?",
            {"jurisdiction": "Germany", "role": "claimant", "specialty": "commercial"},
        ),
        Starter(
            "Argue both sides",
            "Is training a generative model on copyrighted books fair use? Argue it for each side "
            "in no more than 200 words, then say how a district court is likely to weigh the "
            "fourth factor.",
            {"jurisdiction": "United States", "specialty": "intellectual-property"},
        ),
        Starter(
            "Plan compliance",
            "We are a clinic that wants to have discharge letters drafted by a language model run "
            "by a vendor abroad. Which duties follow, article by article, and what must be in the "
            "contract with the vendor?",
            {"jurisdiction": "European Union", "specialty": "privacy-technology"},
        ),
        Starter(
            "Explain to a client",
            "Explain to a tenant without legal training what happens between the notice to quit "
            "and eviction, which of these steps can be fought, and when.",
            {"jurisdiction": "New York", "specialty": "property", "role": "private"},
        ),
        Starter(
            "Draft a motion",
            "Outline a motion to dismiss for lack of personal jurisdiction over a foreign website "
            "operator with no customers in the forum: the standard, the three best arguments, and "
            "the authority for each.",
            {
                "jurisdiction": "United States, federal court",
                "role": "defendant",
                "specialty": "practice-procedure",
            },
        ),
    ),
    placeholder="Ask as you would ask a fellow lawyer: an issue, a clause, an authority",
)
