"""Finance. Fields are categories of the JEL classification of the American Economic Association.

Their codes are those of that classification.
"""

from __future__ import annotations

from polyarena import Aspect, Flag, PromptField, Starter

from ..markers.markets import MARKETS
from ..markers.scholarly import ADDRESS, ARXIV, DOI, ISBN
from ..markers.statutes import CFR, UNION, USC
from ..occupation import Occupation, Specialty

SPECIALTIES = (
    Specialty(
        "portfolio-choice",
        "Portfolio choice and investment",
        "portfolio, asset allocation, diversif*, rebalanc*, index fund*, etf, sharpe ratio, "
        "drawdown, hedge*",
        ("G11",),
    ),
    Specialty(
        "asset-pricing",
        "Asset pricing and interest rates",
        "capm, asset pricing, factor model, beta, discount rate, yield curve, bond*, duration, "
        "term structure, equity premium",
        ("G12",),
    ),
    Specialty(
        "derivatives",
        "Contingent pricing and futures",
        "option*, derivative*, black-scholes, futures, swap*, greeks, delta hedg*, implied "
        "volatility, forward contract*",
        ("G13",),
    ),
    Specialty(
        "markets",
        "Markets and market efficiency",
        "market maker*, order book, liquidity, insider trading, short selling, market "
        "microstructure, efficient market*",
        ("G14", "G15"),
    ),
    Specialty(
        "banking",
        "Banks and lending",
        "bank*, loan*, credit risk, deposit*, basel, capital adequacy, liquidity coverage, "
        "non-performing, mortgage*",
        ("G21",),
    ),
    Specialty(
        "insurance",
        "Insurance and actuarial studies",
        "insur*, actuar*, solvency ii, reserve*, premium, reinsur*, annuit*, claims ratio",
        ("G22",),
    ),
    Specialty(
        "institutional-investors",
        "Pension funds and institutional investors",
        "pension fund*, mutual fund*, private equity, hedge fund*, endowment, sovereign wealth, "
        "venture capital",
        ("G23", "G24"),
    ),
    Specialty(
        "capital-budgeting",
        "Capital budgeting and investment policy",
        "npv, net present value, irr, capital budgeting, payback, real option*, wacc, discounted "
        "cash flow, dcf",
        ("G31",),
    ),
    Specialty(
        "financial-policy",
        "Financing and capital structure",
        "capital structure, leverage, dividend*, debt, covenant*, credit rating, refinanc*, "
        "working capital, enterprise value, valuation",
        ("G32", "G35"),
    ),
    Specialty(
        "bankruptcy",
        "Bankruptcy and liquidation",
        "bankrupt*, insolven*, distress*, liquidat*, restructur*, going concern",
        ("G33",),
    ),
    Specialty(
        "mergers-governance",
        "Mergers and corporate governance",
        "merger*, acquisition*, takeover, due diligence, goodwill, synerg*, board, governance, "
        "shareholder*, earn-out",
        ("G34",),
    ),
    Specialty(
        "household",
        "Household finance",
        "retire*, saving*, household, student loan*, budget, personal finance, 401(k), isa, "
        "emergency fund, pension",
        ("G5",),
    ),
    Specialty(
        "behavioral",
        "Behavioral finance",
        "behavio*, bias, overconfidence, loss aversion, sentiment, nudge, herd*",
        ("G4",),
    ),
    Specialty(
        "taxation",
        "Taxation",
        "tax*, vat, withholding, depreciation, capital gains, transfer pricing, deferred tax",
        ("H2",),
    ),
    Specialty(
        "accounting",
        "Accounting",
        "ifrs, gaap, revenue recognition, balance sheet, impairment, lease accounting, ias, "
        "amorti*, consolidat*, cash flow statement, journal entr*",
        ("M41",),
    ),
    Specialty(
        "auditing",
        "Auditing",
        "audit*, internal control*, materiality, misstatement*, sox, sampling, fraud risk",
        ("M42",),
    ),
)

FINANCE = Occupation(
    id="finance",
    title="Finance",
    summary="Ask about money, markets or accounts; two models answer as to a colleague.",
    icon="€",
    order=62,
    brief="You are asked by a finance professional, in an arena where professionals compare "
    "answers. Show the calculation with its formula and units, state every assumption and the "
    "date of the data you know, and name the standards and rules you apply so that they can be "
    "looked up. Say what could go wrong and how sensitive the result is. Invent no figure and no "
    "source; say where you would need one.",
    notice="Describe a case without anything that could identify a client or is inside "
    "information: no names, account or card numbers, tax numbers, or unpublished results of a "
    "listed company. Answers are made by machines, may be wrong, and are no investment advice.",
    criteria=(
        Aspect("correct", "Correct figures", "The arithmetic and its inputs are right"),
        Aspect("assumptions", "Assumptions stated", "What it rests on is said"),
        Aspect("rules", "Right rules and standards", "Standards, taxes and rules that apply"),
        Aspect("risk", "Risks shown", "What could go wrong, and how far"),
        Aspect("sources", "Sources that exist", "They exist and say so"),
        Aspect("usable", "Usable", "Could go to a client with few changes"),
    ),
    harm=Flag(
        "harm",
        "Harm",
        (
            ("mild", "Needs a correction"),
            ("moderate", "Could cost money"),
            ("severe", "Could ruin somebody, or break the law"),
        ),
        hint="What could come of it, if a client acted on it.",
    ),
    specialties=SPECIALTIES,
    specialty_title="Field",
    fields=(
        PromptField(
            "jurisdiction",
            "Jurisdiction",
            placeholder="United States; Switzerland; European Union",
            hint="Whose rules, taxes and market.",
            limit=120,
        ),
        PromptField(
            "standard",
            "Accounting standard",
            "choice",
            options=(
                ("", "Not said"),
                ("ifrs", "IFRS"),
                ("us-gaap", "US GAAP"),
                ("hgb", "German HGB"),
                ("uk-gaap", "UK GAAP"),
                ("other", "Another"),
            ),
        ),
        PromptField(
            "client",
            "Client",
            "text",
            placeholder="Private company, 12 m revenue, net debt 3.5 × EBITDA, family-owned",
            hint="Figures, horizon, constraints: nothing that could identify anyone.",
            limit=6000,
        ),
    ),
    context="client",
    markers=(USC, CFR, UNION, *MARKETS, DOI, ARXIV, ISBN, ADDRESS),
    starters=(
        Starter(
            "Value a company",
            "Value this company by discounted cash flow in a table: five years, then a terminal "
            "value. Show WACC step by step, then how the value moves when WACC and growth change "
            "by one point each.",
            {
                "client": "Revenue 40 m growing 6 % a year, EBITDA margin 18 %, tax 25 %, capex "
                "4 % and change in working capital 1 % of revenue, net debt 15 m, unlevered beta "
                "0.9, target debt share 30 %, cost of debt 5.5 %, risk-free 2.8 %, premium 5.5 %.",
                "specialty": "capital-budgeting",
            },
        ),
        Starter(
            "Book a contract",
            "A customer pays 120,000 up front for software for three years with support and one "
            "on-site training day. When is which part revenue, and what are the entries in the "
            "first year?",
            {"standard": "ifrs", "specialty": "accounting"},
        ),
        Starter(
            "Hedge a currency",
            "We will receive 5 million dollars in six months and report in euros. Compare a "
            "forward, a put and a collar: what each costs, what remains at risk, and what hedge "
            "accounting asks for.",
            {"jurisdiction": "European Union", "specialty": "derivatives"},
        ),
        Starter(
            "Plan a retirement",
            "How much can be taken from this portfolio each year without running out in 35 years? "
            "Compare a fixed rate, a guardrail rule and an annuity for a part of it, with what the "
            "research behind each assumed.",
            {
                "client": "Couple of 60 and 58, 1.1 m in index funds, paid-off house, state "
                "pension of 26,000 a year from 67 on.",
                "specialty": "household",
            },
        ),
        Starter(
            "Explain a covenant",
            "Net debt to EBITDA must stay below 3.5. It stands at 3.3 and a weak quarter is "
            "coming. What can the company do before, at, and after the test date, and how will "
            "lenders read each step?",
            {"specialty": "financial-policy"},
        ),
        Starter(
            "Price an option",
            "Price a European call by Black–Scholes: spot 100, strike 105, 9 months, rate 3 %, "
            "volatility 22 %, no dividend. Give delta and vega, and say which assumption matters "
            "most here.",
            {"specialty": "derivatives"},
        ),
        Starter(
            "Find the weak spot",
            "Profit grew 20 % while operating cash flow fell by half and receivables doubled. List "
            "the innocent and the worrying explanations, and the five documents you would ask for "
            "first.",
            {"specialty": "auditing"},
        ),
    ),
    placeholder="Ask as you would ask a colleague: a valuation, an entry, a risk",
)
