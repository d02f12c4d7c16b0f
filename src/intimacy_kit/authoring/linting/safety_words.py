"""What is never in a pack: words that ask for what can hurt somebody, or promise what nobody can."""

__all__ = [
    "CHECKING",
    "DISCLOSURE",
    "EFFECTS",
    "FIGURES",
    "FORGIVING",
    "HEALING",
    "NEAR_ACTS",
    "SECRECY",
    "THIRD",
    "TOUCH",
]

#: Touch and sex.
TOUCH = (
    ("sex/sexual/sexually/sexy/sexuality/erotic/erotically/orgasm/orgasms/foreplay/aphrodisiac/lingerie", ""),
    ("nude/naked/undress/undressing/undressed", ""),
    ("make/makes/making/made love", ""),
    ("kiss/kisses/kissed/kissing", ""),
    ("cuddle/cuddles/cuddled/cuddling/caress/caresses/caressing/massage/massages/massaging/snuggle/snuggling", ""),
    ("hug/hugs/hugged/hugging", ""),
    ("hold/holding/take hands", ""),
    ("hold/holding/take each other's hands", ""),
    ("hold/holding/take your partner's hand/hands", ""),
    ("touch/touching each other", ""),
    ("touch/touching your partner", ""),
    ("physical intimacy/affection", ""),
    ("turn/turns/turned you on", ""),
    ("bedroom fantasy/fantasies", ""),
    ("your fantasies", ""),
    ("seduce/seducing/seductive/sensual/sensually", ""),
)

#: What one person could use to look after the other.
CHECKING = (
    ("password/passwords/passcode/passcodes", ""),
    ("pin/pins code/number/codes/numbers", ""),
    ("bank account/accounts/details/statement/statements", ""),
    ("credit card/cards", ""),
    ("account number/numbers", ""),
    ("passport/passports number/numbers", ""),
    ("social security", ""),
    ("id card/number", ""),
    ("share/send/show/turn on/give your/the/each live location", ""),
    ("share/sharing/send your location/whereabouts", ""),
    ("location sharing", ""),
    ("gps", ""),
    ("track/tracking each/your other/partner", ""),
    (
        "check/read/look through/show/swap/exchange/unlock/open/hand/search each other's phone/phones/messages/emails",
        "",
    ),
    ("check/read/show/swap/exchange/unlock/open/hand/search/give your/their/the partner's phone/messages/emails", ""),
    ("check/show/swap/exchange/unlock/hand/search/give your/their phone/phones", ""),
    ("swap/exchange/unlock phones", ""),
    ("look/looking through your/each/their partner's/other's phone/messages", ""),
    ("read/show/share your/their messages/texts/emails/chats", ""),
    ("call/message history", ""),
    ("browser/search history", ""),
    ("send/share/post/take a photo/selfie/picture/screenshot of", ""),
    ("send/share/post a photo/selfie/picture", ""),
    ("selfie/selfies/screenshot/screenshots", ""),
    ("where you were last", ""),
    ("home address", ""),
)

#: Keeping something from others, or others away.
SECRECY = (
    ("don't tell/show anyone/anybody", ""),
    ("do not tell/show anyone/anybody", ""),
    ("tell/show no one", ""),
    ("tell/show nobody about/that/what/else/of", ""),
    ("never tell/show anyone/anybody", ""),
    ("keep/keeping it/this/that a secret", ""),
    ("keep/keeping it/this/that secret", ""),
    ("keep/keeping this/it between you/us/yourselves/ourselves", ""),
    ("our/your little secret", ""),
    ("stays between/in us/you/this", ""),
    ("nobody else needs/has to know", ""),
    ("no one else needs/has to know", ""),
    ("stop seeing your friends/family", ""),
    ("don't talk to your friends/family/parents", ""),
    ("do not talk to your friends/family/parents", ""),
    ("all you need is each other", ""),
    ("you only need each other", ""),
)

#: A duty to tell.
DISCLOSURE = (
    ("no secrets", ""),
    ("tell/telling/share/sharing everything", ""),
    ("tell/telling each other everything", ""),
    ("tell/telling your partner everything", ""),
    ("hold/holding nothing back", ""),
    ("don't hold back", ""),
    ("do not hold back", ""),
    (
        "complete/completely/total/totally/full/fully/absolute/absolutely honest/honesty",
        "",
    ),
    ("complete/total/full/radical transparency/openness/disclosure", ""),
    ("must/should tell your partner", ""),
    ("must/should/have to/has be open/honest", ""),
    ("have/has/need/needs to tell/answer/confess/admit/share", ""),
    ("must tell/answer/confess/admit/share", ""),
    ("you owe your/each partner/other", ""),
    ("confess/confession/confessions", ""),
    ("radical/radically/brutally/perfectly honest/honesty", ""),
    ("have/you've/haven't never/ever told anyone/anybody/your/each", ""),
    ("the whole truth", ""),
    ("nothing but the truth", ""),
    ("every question must/has", ""),
)

#: Forgiveness that is asked for.
FORGIVING = (
    ("forgive and forget", ""),
    ("forgive/forgiving your/each/them/him/her/the/one partner/other/another", ""),
    ("forgive them/him/her", ""),
    ("must/should/have/has/need/needs/ought/learn/try to forgive", ""),
    ("must/should/please forgive", ""),
    ("say that you forgive", ""),
    ("ask for forgiveness", ""),
    ("let go of the past", ""),
    ("move on from it/this/that", ""),
    ("apology accepted", ""),
)

#: Promises of a cure.
HEALING = (
    ("heal/heals/healed/healing", "say what people do, not what it cures"),
    ("cure/cures/cured/curing", "say what people do, not what it cures"),
    ("treats/treating/treat depression/anxiety/trauma/stress/ptsd/addiction/insomnia", "leave it out"),
    ("treatment/treatments for", "leave it out"),
    ("proven to", "say where it was tried, with a source"),
    ("clinically/scientifically/medically proven/tested/validated", "say where it was tried, with a source"),
    ("is/are guaranteed/guaranteeing to", "leave it out"),
    ("guarantee/guarantees/guaranteed that/you/your/a/to", "leave it out"),
    ("therapeutic/diagnose/diagnoses/diagnosis/prescribe/prescription", "leave it out"),
    (
        "save/saves/saving/rescue/rescues/fix/fixes your/a/the/any/every relationship/relationships/marriage",
        "say what two people do",
    ),
    ("is/as couples/a therapy", "leave it out"),
    ("replaces/replace therapy/counselling/counseling", "leave it out"),
    ("instead of therapy", "leave it out"),
)

#: Figures and studies; they want a source. Percentages are found by themselves.
FIGURES = (
    (
        "studies/research/science/psychology/evidence/data show/shows/suggest/suggests/proves/prove/says/say/found",
        "",
    ),
    ("studies/research have/has shown/found/proved/proven", ""),
    ("a/one/recent/new/many study/studies/research shows/show/found/suggests/suggest/showed", ""),
    ("according to research/studies/scientists/experts/psychologists", ""),
    ("scientists/researchers/psychologists/experts/therapists say/found/agree/know/recommend/believe/discovered", ""),
    ("it is/has well/been known/proved/proven/shown that", ""),
    ("evidence based", ""),
    ("research based", ""),
    ("backed by science/research/studies", ""),
    ("most/half/thirds of all couples", ""),
    ("nine out of ten", ""),
)

#: Effects that only a study can show.
EFFECTS = (
    (
        "reduces/lowers/decreases/prevents stress/anxiety/depression/conflict/conflicts/divorce/loneliness/worry",
        "people hope for less of it",
    ),
    (
        "improves/increases/boosts/strengthens/raises your/the/trust/intimacy/closeness/happiness/empathy/love",
        "it may help with",
    ),
    (
        "makes couples/people/you/partners/relationships happier/closer/stronger/healthier/better",
        "some people find it helps",
    ),
    ("will/is make/making you/your/couples/both happier/closer/stronger/relationship", "some people find it helps"),
    ("brings you/couples/people closer", "some people find it helps"),
    ("will bring you/couples/both closer", "some people find it helps"),
    ("works for every/all/any/everyone/everybody", "some people find it helps"),
    ("always/never works/fails", "some people find it helps"),
    ("leads to deeper/more/better/greater/higher/lasting", "may lead to"),
    ("has been shown to", "may"),
    ("improves/increases/boosts/strengthens communication/relationships/health", "it may help with"),
    ("rewires/rewire your/the brain", "leave it out"),
)

#: What somebody else told in confidence.
THIRD = (
    ("secret/secrets a friend/colleague/relative/sister/brother told", ""),
    ("secret/secrets somebody/someone told/trusted/entrusted", ""),
    ("friend's/friends/colleague's/sister's/brother's/somebody's/someone's/family secret/secrets", ""),
    ("told/telling you in confidence", ""),
    ("told you not to tell", ""),
    ("gossip/gossips/gossiped about/that/you", ""),
    ("somebody/someone else's secret/secrets", ""),
)

#: What small acts stay away from.
NEAR_ACTS = (
    ("phone/phones/laptop/tablet/inbox/computer", ""),
    ("post/mail/letterbox/mailbox/letters", ""),
    ("wallet/purse/money/cash/bill/bills/bank/handbag/receipts", ""),
    ("medicine/medicines/medication/pill/pills/prescription/tablets/vitamins", ""),
    ("weight/diet/calories/scales", ""),
    ("breakfast/lunch/dinner/supper/snack/dessert/cake/meal/meals/cook/bake", ""),
    ("wardrobe/clothes/shirt/shirts/dress/underwear/laundry/outfit/coat pocket/pockets", ""),
    ("wardrobe/clothes/shirt/shirts/underwear/laundry/outfit/pocket/pockets", ""),
    ("front door", ""),
    ("lock/unlock the door", ""),
    ("workplace/office/colleagues/boss", ""),
    ("where they are/were/went", ""),
)
