"""Words that tell nothing."""

from __future__ import annotations

FILLERS = """
না তো যে এ ও কি প্রায় বেশ কয়েক কয় একদম হঠাৎ কী আর এবং বা কিন্তু তবে তাই তবু অথচ এই সেই ওই এত এমন যেমন মতো
শুধু আছে ছিল নয় ধরে থেকে জন্য সে সঙ্গে সাথে ওপর উপর ছাড়া মাত্র কিছু কেউ কোনও কোন যেখানে যারা যা একে অন্যের
অন্য অন্যকে একই আরও খুব পারছে পারে পারি দিকে প্রতি মধ্যে আনতে এনে নমস্কার দয়া অনুগ্রহ এভাবে তে টা এর কে है
हैं हूँ था थी थे ना न नहीं को का की के से में पर और या तो भी ही वाला वाली वाले रहा रही रहे ने लिए इस उस यह वह
ये जो कि कर कोई कुछ ऐसा बहुत लेकिन जबकि साथ अपना अपने चुका चुकी चुके नमस्ते कृपया सका सकते सकता बिना na ache
achhe er e o ar theke dhore parche pare pari jonyo kintu sob kichu kono keu tobu hai hain tha thi ka ki ke ko
se mein me par aur bhi hi wala raha rahi rahe nahi nahin liye kuch koi te ta ra hoon যাতে যদি তাহলে যেন বলেও
কোথায় কেন কীভাবে সেটা সেটাও এটা ওটা যেটা নাকি ছিলাম ছিলেন দিকেই পারছি পারব পারিনি পারলে হিসেবে যেকোনো এসবের
ওদিকে এদের সেখানে আগেও কারও কারোর কাউকে কোনোদিন তারপর তাও থেকেই মধ্যেই তাদেরও হাই হুঁ আচ্ছা প্লিজ স্যারজি
সত্ত্বেও বাদে ছাড়াই হলেই করেই পরেও সমান रहती जी जब तब अगर वहाँ वहां यहां जहाँ कहाँ कैसे क्यों किसी किसने इसी
उसी उसका उसकी उसके इसका इसकी इसके इन उन उन्हें इन्हें जिसका जिनका मेन होकर करके देकर लेकर चाहे सिर्फ़ केवल
मतलब वैसे ऐसे ऐसी इसलिए क्योंकि दें लो jodi tahole keno kothay seta eta jeta naki chilo chilam parbo parini
jab agar wahan yahan kahan kaise kyun kisi uska uski uske iska iski iske un unka sirf bas matlab isliye kyunki
dein dijiye korun karun kijiye chhe achhi achi ektu khub khubi sathe songe moddhe upor niye diye kara
hoye
"""
"""Words that tell nothing."""

ENGLISH_FILLERS = """
a an the of to in on at by is are was were be been being am has have had having do does did not nor and or but
if so as than that this these those which who whom whose it its for with from about into over under up down
out off only also very too just even all any some other another there then because while though when where how
why what can could may might will would shall should must cannot ones made make makes put puts let yes sir
madam hello thank thanks really always never nothing nobody anything anybody already almost without within
between both each more most
"""
"""Same; a text with many of them is English, and not Bengali or Hindi in Latin letters."""
