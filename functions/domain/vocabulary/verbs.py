"""Verbs by their stems, for Bengali and Hindi put half a sentence into their endings."""

from __future__ import annotations

VERBS = """
come: আস এস আ
go: যা গে গি জা ग
give: দে দি দা दे दि द
take: নে নি ले लि ल
get: পা পে ঢুক ঢোক মিল মেল मिल पा पह
do: কর कर कि
become: হ হও हो हु
told: বল জান জানা कह बोल बता बतला
want: চা चाह माँग मांग
keep: থাক থেক রাখ রেখ रह रख
see: দেখ দেখা देख दिख
move: চল হাঁট হেঁট चल
open: খুল খোল खुल खोल
return: ফির ফের লৌট लौट
sit: বস बैठ
raise: উঠ ওঠ তুল তোল उठ
bring: আন এন ला
attach: লাগ লেগ লাগা জুড় জোড় लग जुड़ जोड़
cut: কাট কেট काट कट
buy: কিন কেন खरीद
sell: বেচ बेच
write: লেখ লিখ लिख
hear: শুন শোন सुन
summon: ডাক बुला
sent: পাঠ পাঠা भेज
leave: ছাড় ছেড় छोड़ छुट
catch: ধর पकड़
increase: বাড় বেড় बढ़
change: বদল পাল্ট বদলা পাল্টা बदल
repair: সার সারা सुधर
settle: মিট মিটা मिट
eat: খা খে खा
study: পড়া पढ़
throw: ফেল ফেলা फेंक डाल
stand: দাঁড়া
leave-out: বেরো বের निकल
reach: পৌঁছ পৌঁছা पहुँच पहुंच
fill: ভর भर
burnt: জ্বল পুড় পোড় जल
broken: ভাঙ্গ ভেঙ্গ ভাঙ ভেঙ टूट तोड़
leaking: ফাট ফেট फट टपक
collapsed: ডুব ডোব ধস ধ্বস ভাস तूब डूब धँस ढह
fallen: খস উল্ট गिर उखड़
threat: পেটা मार पीट
fled: পালা भाग
lost: হারা खो
pending: ঘুর ঘোর ঘোরা পিছ পিছো टाल टल
"""
"""Stems; those of one letter or two are Bengali ones before their vowel changes."""

BENGALI_ENDINGS = """
ছি ছে ছেন ছিল ছিলাম ছিলেন ছেই চ্ছি চ্ছে চ্ছেন চ্ছিল চ্ছিলাম
েছি েছে েছেন েছিল েছিলাম েছিলেন িয়েছি িয়েছে িয়েছেন িয়েছিল িয়েছিলাম িয়ে িয়েই য়েছি য়েছে য়েছেন য়েছিল
য়েছিলাম য়ে
াচ্ছি াচ্ছে াচ্ছেন ালাম াল ালেন ালে াতে াবে াব াবেন াই ায় ায়নি ান াননি ানো ানোর ানি াও
ব বে বেন বো বার বারও লাম ল লে লেন লো লেই তে তেই ত তাম তেন ি ে েন েনি েননি নি ননি য় য়নি য়ও ন ই াবার
া ার ো ুন ুক ক েই েও লেও ওয়া ওয়ার ওয়ায় িনি ইনি ইনা এ এনি ও
"""
"""What stands behind a stem in Bengali."""

HINDI_ENDINGS = """
ना ने नि नी ता ते ति ती तीं कर के ा े ि ी ीं िए िये या ये यि यी ए ई इ एगा एगी ेगा ेगी ेंगे एंगे ूँगा ो ओ ूँ
ाया ाये ाई ाए ाइ ाना ाने ानी ाता ाते
ाती वाना वाने वाया वाई आ आए आई ँगा ंगे गा गी गे
"""
"""Same in Hindi."""

NEGATIONS = """
না নি নেই নাই নয় নহে नहीं नही ना न मत नाही na ni nei nai nahi nahin nehi nahee not no never cannot without
don didn doesn isn wasn
hasn haven aren weren won couldn nobody nothing none
"""
"""What says that it is not so."""
