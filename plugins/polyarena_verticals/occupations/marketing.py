"""Creative marketing. Fields are occupations of the Standard Occupational Classification of 2018.

Their codes are those of that classification and of O*NET, which refines it.
"""

from __future__ import annotations

from polyarena import Aspect, Flag, PromptField, Starter

from ..markers.claims import CLAIMS
from ..markers.scholarly import ADDRESS, ARTICLE, DOI, ISBN
from ..occupation import Occupation, Specialty

SPECIALTIES = (
    Specialty(
        "marketing-management",
        "Marketing management",
        "positioning, go-to-market, marketing plan, segment*, pricing, brand strategy, launch, "
        "target group, value proposition, persona*",
        ("11-2021",),
    ),
    Specialty(
        "advertising",
        "Advertising and promotions",
        "advert*, ad campaign, billboard, commercial, promotion, tv spot, media plan, banner",
        ("11-2011",),
    ),
    Specialty(
        "public-relations",
        "Public relations",
        "press release, journalist*, crisis communication*, spokes*, media relations, op-ed, "
        "press, statement",
        ("11-2032", "27-3031"),
    ),
    Specialty(
        "market-research",
        "Market research",
        "survey*, focus group*, conjoint, market research, questionnaire, a/b test*, competitor "
        "analysis, market size",
        ("13-1161",),
    ),
    Specialty(
        "search-marketing",
        "Search marketing",
        "seo, search engine, keyword*, meta description, google ads, landing page*, backlink*, "
        "ppc, serp",
        ("13-1161.01",),
    ),
    Specialty(
        "copywriting",
        "Copywriting",
        "slogan*, tagline*, copy, headline*, claim, product description*, body text, naming, "
        "brand name, tone of voice",
        ("27-3043.04", "27-3043.05"),
    ),
    Specialty(
        "social-media",
        "Social media and content",
        "instagram, tiktok, linkedin, social media, post, hashtag*, influencer*, newsletter*, "
        "caption*, reel, youtube, blog",
        ("13-1161", "27-3099"),
    ),
    Specialty(
        "fundraising",
        "Fundraising",
        "donor*, donation*, fundrais*, charity, appeal letter, non-profit, nonprofit",
        ("13-1131",),
    ),
    Specialty(
        "sales",
        "Sales",
        "sales pitch, cold e-mail, cold email, objection handling, sales script, lead*, prospect*, "
        "discovery call, proposal",
        ("41-3091", "41-4012"),
    ),
    Specialty(
        "events",
        "Events",
        "event, trade fair, conference, webinar, invitation*, booth, launch party",
        ("13-1121",),
    ),
    Specialty(
        "design",
        "Graphic design and art direction",
        "art direction, visual, logo, layout, storyboard, colour palette, color palette, key "
        "visual, moodboard, typograph*",
        ("27-1024", "27-1011"),
    ),
)

MARKETING = Occupation(
    id="marketing",
    title="Marketing",
    summary="Ask for a campaign, a text or an idea; two models write it.",
    icon="✎",
    order=63,
    brief="You are asked by a marketing professional, in an arena where professionals compare "
    "answers. Write for the audience, market and channel described, in the brand's own voice; "
    "deliver the piece first and reasons after it, in few words. Claim nothing that the briefing "
    "does not support, mark every figure or claim that would need proof, and keep to the "
    "advertising rules of the market.",
    notice="Brief without anything that is confidential or could identify a person: no customer "
    "names, e-mail addresses, telephone numbers or lists of contacts, and no plans that are still "
    "secret. What machines write may resemble what others own: check before you publish.",
    criteria=(
        Aspect("on-brief", "On brief", "For that audience, market and channel"),
        Aspect("original", "Original", "Not what everybody would write"),
        Aspect("voice", "Right voice", "The brand's own"),
        Aspect("persuasive", "Persuasive", "It would move the people it is for"),
        Aspect("honest", "Honest claims", "It claims nothing that cannot be shown"),
        Aspect("ready", "Ready to use", "Could run with few changes"),
    ),
    harm=Flag(
        "harm",
        "Harm",
        (
            ("mild", "Needs a correction"),
            ("moderate", "Misleads its audience"),
            ("severe", "Harmful or unlawful"),
        ),
        hint="What could come of it, if it were published.",
    ),
    specialties=SPECIALTIES,
    specialty_title="Discipline",
    fields=(
        PromptField(
            "market",
            "Market and audience",
            placeholder="Germany, women of 30 to 45 who run",
            hint="Where it runs, and for whom.",
            limit=200,
        ),
        PromptField(
            "channel",
            "Channel",
            "choice",
            options=(
                ("", "Not said"),
                ("email", "E-mail"),
                ("social", "Social media"),
                ("web", "Website or search"),
                ("print", "Print or out of home"),
                ("audio-video", "Radio, film or television"),
                ("press", "Press"),
                ("sales", "Conversation or event"),
            ),
        ),
        PromptField(
            "brand",
            "Brand",
            "text",
            placeholder="Dry, short sentences; never shouts; proof before promise",
            hint="Voice, facts that may be claimed, words to avoid.",
            limit=6000,
        ),
    ),
    context="brand",
    markers=(DOI, ARTICLE, ISBN, ADDRESS, *CLAIMS),
    starters=(
        Starter(
            "Find a line",
            "Ten taglines for a bakery that opens at four in the morning and sells out by nine. "
            "None may use the words fresh, love or craft. Mark your favourite and say why in one "
            "sentence.",
            {"specialty": "copywriting", "channel": "print"},
        ),
        Starter(
            "Write a launch e-mail",
            "Write the launch e-mail for a bicycle lamp that charges while riding: subject line, "
            "preview text, 120 words, one call to action. Then a second version for people who "
            "bought the old lamp last month.",
            {
                "brand": "Calm and exact. May be claimed: 40 lux, 8 hours at full light, two years "
                "of warranty.",
                "channel": "email",
            },
        ),
        Starter(
            "Answer a crisis",
            "A batch of our children's yoghurt was recalled because of plastic pieces; nobody was "
            "hurt. Write the press statement, the post for social media, and three answers for "
            "the hotline.",
            {"market": "Germany", "specialty": "public-relations", "channel": "press"},
        ),
        Starter(
            "Plan a campaign",
            "Plan a campaign of six weeks and 30,000 euros that brings people over 65 to the city "
            "library: idea, channels with their share of the money, timeline, and how we will know "
            "that it worked.",
            {"market": "A city of 200,000", "specialty": "marketing-management"},
        ),
        Starter(
            "Test a claim",
            "May we say “climate-neutral coffee” if we offset the emissions? Say what would have "
            "to be shown, how regulators have seen it, and write three honest lines that still "
            "sell.",
            {"market": "European Union", "specialty": "advertising"},
        ),
        Starter(
            "Storyboard a film",
            "A film of 20 seconds without a spoken word for noise-cancelling headphones. Six "
            "frames: picture, sound, and the one line of text at the end.",
            {"channel": "audio-video", "specialty": "design"},
        ),
        Starter(
            "Design a test",
            "Our sign-up page converts at 2.1 % with 9,000 visitors a week. Propose one test worth "
            "running: hypothesis, both versions in words, how long it must run to see half a "
            "point, and when to stop.",
            {"specialty": "market-research", "channel": "web"},
        ),
    ),
    placeholder="Brief it as you would brief a colleague: a line, a text, a plan",
)
