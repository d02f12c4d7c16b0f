"""Words that leave somebody out: by marriage, by sex, and by what they take for granted."""

__all__ = ["BODY", "CHILDHOOD", "FAITH", "FAMILY", "GENDERED", "MARRIED", "MEANS", "TOGETHER"]

#: For married people only.
MARRIED = (
    ("wife/wives/husband/husbands/spouse/spouses/hubby/wifey", "partner"),
    ("wife's/husband's/spouse's", "partner's"),
    ("marriage/marriages", "the two of you"),
    ("marital", "between the two of you"),
    ("your/our/the/a wedding", "a day you remember"),
    ("weddings/honeymoon/honeymoons/newlywed/newlyweds/fiance/fiancee/fianc\u00e9/fianc\u00e9e", "a day you remember"),
    ("wedding day/anniversary/dress/ring/vows", "a day you remember"),
    ("married couple/couples/people/life", "two people"),
    ("got/get/getting/are/be/when/being married", "together"),
    ("man and wife", "two people"),
    ("mother/father/sister/brother/son/daughter in law", "your partner's family"),
)

#: For one sex only, or for two and no more.
GENDERED = (
    ("girlfriend/girlfriends/boyfriend/boyfriends", "partner"),
    ("girlfriend's/boyfriend's", "partner's"),
    ("he/she or she/he", "they"),
    ("his/her or her/his", "their"),
    ("his/hers or hers/his", "theirs"),
    ("him/her or her/him", "them"),
    ("himself/herself or herself/himself", "themselves"),
    ("guys/ladies/gentlemen/lads/dudes", "you two"),
    ("opposite sex", "people"),
    ("men and women", "people"),
    ("women and men", "people"),
    ("boys and girls", "children"),
    ("man of the house", "say what that person does"),
    ("your man/woman/guy/girl/lady", "your partner"),
    ("manly/womanly/feminine/masculine/ladylike", "say what it looks like"),
    ("mankind", "people"),
    ("manpower", "hands"),
    ("like a man/girl/woman", "say how"),
    ("man up", "leave it out"),
    ("housewife/housewives", "whoever does it"),
    ("mothering/fathering", "looking after"),
)

#: A family that not everybody has.
FAMILY = (
    ("your mother/father/mum/mom/dad/mummy/mommy/daddy/parents/parent", "somebody who looked after you, or anyone"),
    ("your mother's/father's/mum's/mom's/dad's/parent's", "somebody's"),
    (
        "your child/children/kid/kids/son/daughter/sons/daughters/baby/toddler/teenager",
        "a child you know, if there is one",
    ),
    ("your child's/children's/kid's/son's/daughter's/baby's", "a child's"),
    ("your brother/sister/brothers/sisters/siblings/sibling/twin", "somebody you grew up beside"),
    ("your grandmother/grandfather/grandma/grandpa/grandparents/granny/grandad/grandchildren", "somebody older"),
    ("your aunt/uncle/cousin/cousins/nephew/niece", "somebody you are related to"),
    ("your future children/kids", "leave it out"),
    ("having children/kids/a baby", "leave it out"),
    ("your best friend", "a friend"),
    ("your pet/dog/cat", "an animal you know"),
)

#: A childhood that was good, and is remembered gladly.
CHILDHOOD = (
    (
        "happy/happiest/favourite/favorite/fondest/best/earliest/first childhood memory/memories",
        "something you knew by heart then",
    ),
    ("your childhood home/house/bedroom/room/garden/street/friend", "a place you once knew"),
    ("your childhood", "a year long ago"),
    ("when you were a child/kid/boy/girl/teenager/baby", "long ago"),
    ("when you were little/small/young/growing", "long ago"),
    ("you/your grew/growing up", "a place you once knew"),
    ("as a child/kid/boy/girl/teenager", "long ago"),
    ("happy childhood", "leave it out"),
)

#: Work, money and journeys.
MEANS = (
    (
        "your job/boss/career/office/workplace/salary/colleagues/coworkers/colleague/manager/profession",
        "what you do all day",
    ),
    ("your boss's/colleague's/colleagues'", "somebody's"),
    ("your commute", "a way you often take"),
    ("your car/cars/house/garden/balcony/bathtub/dishwasher/mortgage", "one you know"),
    (
        "your last/next/favourite/favorite/best/dream holiday/holidays/vacation/trip/travels/journey",
        "a place, if only in your head",
    ),
    ("your dream house/home/car/job", "one you would like to look into"),
    ("your/last/next summer holiday/vacation", "a free day"),
    ("abroad together", "somewhere, if only in your head"),
    ("dream vacation/holiday", "a place, if only in your head"),
    ("your bucket list", "one thing you would like to do"),
    ("your school days/years", "a year long ago"),
    ("your university/college/graduation", "a year long ago"),
    ("your hometown", "a place you once knew"),
    ("favourite/favorite restaurant", "a table you like"),
)

#: A body that does as it is told.
BODY = (
    ("eye contact", "face each other, or not"),
    ("look/looking/gaze/gazing/stare/staring into each/your other's/partner's eyes", "sit so that both are at ease"),
    ("look/looking/gaze/gazing/stare/staring each other in the eye/eyes", "sit so that both are at ease"),
    ("go for a walk/run/jog/hike/swim", "go out of the room, or sit at the window"),
    ("take a walk", "go out of the room, or sit at the window"),
    ("stand up and", "if you like, stand up and"),
    ("run/walk up the stairs", "leave it out"),
    ("jump up", "leave it out"),
)

#: The feasts and words of one faith.
FAITH = (
    ("christmas/easter/ramadan/eid/diwali/hanukkah/thanksgiving/passover", "a feast you know, if you keep one"),
    ("valentine's/mother's/father's/mothers/fathers day", "an ordinary evening"),
    ("church/mosque/synagogue", "a place where people gather"),
    ("god/god's/jesus/allah/bible/quran/torah", "what you hold on to, if there is something"),
    ("pray/prays/prayed/praying/prayer/prayers", "what you say to yourself, if you do"),
    ("blessing/blessings/blessed", "a piece of luck"),
    ("sin/sins", "say what was done"),
)

#: Somebody else, in a form that is for one person alone.
TOGETHER = (
    ("each/one other/another", ""),
    ("the/your listener", ""),
    ("take/taking turns", ""),
    ("ask/tell/show/read your partner", ""),
    ("ask/tell/show/read the other", ""),
    ("with your partner", ""),
    ("to your partner", ""),
    ("together with", ""),
)
