"""What is wrong with it."""

from __future__ import annotations

STATES = """
dead: মৃত মৃত্যু মারা मृत मृत्यु मौत मर मरा dead died death mara মরে মরল মৃত্যুর deaths dying
broken: খারাপ বিকল অকেজো ভাঙা ভাঙ্গা ভেঙে ভেঙেছে ভাঙছে নষ্ট ख़राब टूटा टूट तोड़ broken damaged defective
  faulty venge vanga ভগ্ন জীর্ণ বেহাল ক্ষতিগ্রস্ত টুটে बर्बाद जर्जर बेकार tuta kharap kharab dilapidated
  unusable ruined fault নষ্টের bhanga toota tut
burnt: পোড়া পুড়ে পুড়েছে जला burnt burned pora জ্বলে জ্বলেছে পোড়ে जली burning burn pure
closed: বন্ধ আটকে আটকেছে আটকানো बंद बन्द अटका रुका रुक रोक bandh band bondho closed stopped shut stuck blocked
  আটকা থমকে অচল रोकना ठप thap closing shutdown suspended halted stalled blocking
pending: ঝুলে পেন্ডিং অপেক্ষমাণ लटका पेंडिंग pending hanging দেরি গড়িমসি টালবাহানা ঘোরাচ্ছে ঘোরায় ঘুরছি
  ঘুরিয়েছে পিছিয়ে পিছোচ্ছে देर देरी टाल टालता टालमटोल विलंब लंबित delay delayed delaying late overdue
  waiting dilly postponed
dry: শুকনো শুকিয়ে খালি खाली सूखा सूख dry empty শুকায় সুকিয়ে सूखना dried
leaking: লিক ফেটে ফুটো रिसाव लीक leak leaking burst চুঁইয়ে টপটপ फटा फट टपक टपकता चू leaks leakage dripping
  drips ফাটা ফেটেছে
overflowing: উপচে উপচিয়ে ছাপিয়ে उफन overflow overflowing overflows উপচানো overflowed
choked: জাম বুজে जाम choked jam clogged বুজেছে বোজা আবর্জনাভরা chokes blockage silted
collapsed: ডুবে ডুববে ভাসবে তলিয়ে ধসে डूबा डूब बह बहा collapsed sunk drowned ধসছে ধসেছে বসে বসেছে বসছে ভাসছে
  ভেসে তলিয়েছে ধ্বসে ধ্বস धँस धंस धँसा धंसा ढह ढहा sinking sunken caved washed submerged subsided collapse
  collapsing inundated
dirty: নোংরা ঘোলা দুর্গন্ধ গন্ধ गंदा गंदगी बदबू dirty smell stinking stench নোংরার অপরিষ্কার मैला गंदे filthy
  unclean foul stink smelly badbu nongra ganda gandagi
fallen: ছিঁড়ে ছিঁড়েছে गिर गिरा fallen fell খসে খসছে উল্টে उखड़ उखड़ा गिरी पलट fall falling falls toppled
  overturned
leaning: হেলে झुका झुक leaning tilted কাত ঝুলছে झूल टेढ़ा lean bent tilting
money-asked: ঘুষ কাটমানি দালাল रिश्वत घूस दलाल कटमनी bribe commission cutmoney তোলাবাজি উৎকোচ কমিশন घूसखोरी
  कमीशन bribes bribery extort extortion ghush ghoos
wrong: ভুল ग़लत गलत wrong mistake error incorrect ভুলভাল আলাদা অমিল গরমিল गलती त्रुटि अलग wrongly mismatch
  misspelt misspelled typo vul galat bhul
correction: সংশোধন কারেকশন सुधार correction শুধরানো শুধরে সংশোধনী सुधारना corrected correct rectify
  rectification
rejected: বাতিল রিজেক্ট নামঞ্জুর रद्द नामंज़ूर rejected cancelled খারিজ প্রত্যাখ্যান खारिज ख़ारिज अस्वीकृत
  rejection rejecting reject declined turned denied denial batil
struck-off: বাদ কেটে কাটা काट deleted removed ছাঁটাই মুছে हटा deletion removal struck cut
refused: ফিরিয়ে ফেরত ফেরায় लौटा लौट वापस मना refuse refused returned ফিরিয়েছে ফেরাচ্ছে তাড়িয়ে ভাগিয়ে
  নিচ্ছেই मानता इनकार भगा refusing refuses returning ferot
poor: নিম্নমানের পাতলা পচা বাসি घटिया सड़ा बासी substandard rotten stale পোকা খারাপমানের নিম্নমান ভেজাল কাঁকর
  कीड़ा कीड़े कंकड़ मिलावट quality insects worms weevils adulterated rot ghatiya pocha
less: কম অর্ধেক আধা आधा कम less half kom kam ঘাটতি স্বল্প कटौती short shortage shortfall thin low
more: বেশি অতিরিক্ত বাড়তি ज़्यादा अतिरिक्त extra excess চড়া দ্বিগুণ ডবল ভুতুড়ে दोगुना डबल double inflated
  overcharging overcharge overcharged overcharges charging exorbitant
illegal: বেআইনি অবৈধ अवैध illegal বেআইনিভাবে অননুমোদিত illegally unlawful unlawfully গায়ের জোর ज़बरदस्ती
  forcibly forcefully
threat: হুমকি মারধর धमकी मारपीट threat threatened beaten মারে মারছে মারল পেটায় পেটাচ্ছে অত্যাচার নির্যাতন
  হামলা शोषण मारता पीटता पीटा मारा प्रताड़ना beats beating assault assaulted attacked torture tortured abuse
  violence threatens threatening
sick: অসুখ জ্বর অসুস্থ बीमार sick ill রোগ রোগে ডায়রিয়া চর্মরোগ ভুগছে चर्मरोग दस्त रोग disease diseases
  illness diarrhoea skin fever ulcer
rude: দুর্ব্যবহার গালি গালাগালি অপমান बदतमीज़ी गाली misbehave misbehaved misbehaves misbehaviour rude abused
  insulted behaviour
nuisance: উৎপাত উপদ্রব উৎপীড়ন জ্বালাতন उपद्रव हुड़दंग nuisance disturbance disturbing menace
injured: আহত জখম চোট आहत घायल चोट injured injury hurt wounded
fled: পালিয়ে পালিয়েছে পলাতক भागा फ़रार absconding absconded fled
lost: হারিয়ে হারানো হারাল गुम खो खोया lost misplaced
inactive: নিষ্ক্রিয় ইনঅ্যাক্টিভ ইনঅ্যাকটিভ निष्क्रिय inactive deactivated frozen dormant
failed: ফেল ফেলড फेल failed fail failure
unmade: কাঁচা কাচা অসমাপ্ত অসম্পূর্ণ कच्ची कच्चा अधूरा अधूरी unmetalled kutcha kacha kachha unpaved incomplete
  unfinished halfway
dangerous: বিপজ্জনক ঝুঁকিপূর্ণ खतरनाक ख़तरनाक risky hazardous unsafe
full: ঠাসা full
biased: স্বজনপোষণ पक्षपात अपनों favouritism nepotism partial
breathless: শ্বাসকষ্ট শ্বাস কাশি বমি सांस साँस खाँसी breath breathing cough vomiting
"""
"""What is wrong with it."""
