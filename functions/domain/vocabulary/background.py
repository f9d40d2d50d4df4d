"""What any call may tell of, whose matter it is, and numbers in words."""

from __future__ import annotations

BACKGROUND = """
time: bar baar সময় দিন মাস বছর সপ্তাহ বার হপ্তা ঘণ্টা दिन महीना साल हफ़्ता सप्ताह बार घंटा din mas bochor
  mahina day week month year hour মিনিট মাসে মাসের বছরের পখওয়াড়া पखवाड़ा पखवाड़े मिनट समय time times minute
  minutes fortnight weeks months years days hours mahine maser saal hafte hafta dine bochhor মরশুম মরসুম
  মরসুমের খরিফ রবি मौसम season
when: আজ কাল এখন এখনও গত আগে আগামী পরে সকাল রাত সন্ধ্যা সন্ধে রোজ প্রতিদিন পর পর্যন্ত আবার মাঝে আজও সোমবার
  মঙ্গলবার বুধবার শনিবার রবিবার आज कल अब अभी पहले बाद सुबह रात शाम रोज़ हर तक फिर दोबारा today yesterday
  tomorrow now still ago last since before after morning night evening daily every till until again yet monday
  tuesday sunday first second ekhono abar phir কবে কখন তখন এবার বরাবর এতদিন শেষে কালকে পরশু গতকাল দুপুর বিকেল
  ভোর ফের শুক্রবার বৃহস্পতিবার কখনও দিনরাত সারাদিন मंगलवार सोमवार शुक्रवार शनिवार गुरुवार बुधवार परसों दोपहर
  कब कभी अबतक friday thursday wednesday saturday once twice often recently afterwards later rat raat roj roz
  akhon tokhon kal aaj
month: জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর বৈশাখ জ্যৈষ্ঠ
  আষাঢ় শ্রাবণ ভাদ্র আশ্বিন কার্তিক অগ্রহায়ণ পৌষ মাঘ ফাল্গুন চৈত্র जनवरी फ़रवरी मार्च अप्रैल जून जुलाई अगस्त
  सितंबर अक्टूबर नवंबर दिसंबर january february march april june july august september october november
  december
office: অফিস দফতর দপ্তর কার্যালয় ऑफ़िस दफ़्तर कार्यालय विभाग office department আপিস কাচারি সেন্টার কেন্দ্র
  কাউন্টার केंद्र काउंटर सेंटर centre center counter offices desk
block: ব্লকের ব্লক বিডিও মহকুমা ब्लॉक बीडीओ block bdo sdo মহকুমাশাসক एसडीओ
land-office: বিএলআরও বিএলএলআরও blro bllro ভূমিদফতর বিএল blo
panchayat: পঞ্চায়েত প্রধান মেম্বার সদস্য पंचायत प्रधान मुखिया panchayat pradhan জিপি উপপ্রধান সুপারভাইজার गपं
  gp supervisor upapradhan member
municipality: পুরসভা পৌরসভা কর্পোরেশন কাউন্সিলর বরো निगम नगरपालिका पार्षद municipality corporation kmc borough
  councillor পৌর নগরনিগম councilor civic
government: সরকার সরকারি দুয়ারে ক্যাম্প शिविर सरकार सरकारी कैंप government govt camp sarkar দপ্তরের রাজ্য
  রাজ্যসরকার राज्य state camps
police: থানা পুলিশ थाना पुलिस police thana পুলিশের আউটপোস্ট ফাঁড়ি বড়বাবু ওসি আইসি चौकी दारोगा outpost oc
  cops
staff: লোক লাইনম্যান মিস্ত্রি ঠিকাদার কর্মী मिस्त्री ठेकेदार कर्मचारी आदमी लोग contractor lineman officer
  staff man men person mechanic lok কর্মচারী বাবু মুহুরি ইঞ্জিনিয়ার ফার্মাসিস্ট কম্পাউন্ডার জন इंजीनियर बाबू
  मुंशी कर्मचारियों engineer clerk employee employees persons officers official officials inspector pharmacist
  compounder jon aadmi
people: সবাই সকলে অনেকে অনেককে গ্রামবাসী এলাকাবাসী পরিবার परिवार सभी everybody everyone family villagers
  people residents sobai মানুষ লোকজন বাসিন্দা সবার সকলের জনগণ ग्रामीणों निवासी जनता लोगों public resident
  villager locals citizens sobar
complaint: অভিযোগ কমপ্লেন নালিশ शिकायत कंप्लेन complaint complain complained কমপ্লেইন কমপ্লেন্ট complaints
  grievance complaining reported follow following
application: আবেদন দরখাস্ত ফর্ম आवेदन अर्ज़ी अप्लाई फ़ॉर्म application applied form apply ফরম আবেদনপত্র আর্জি
  এপ্লাই ফর্মটা आवेदनपत्र फॉर्म फार्म applications applying applicant forms
number: নম্বর নং নাম্বার नंबर नं number no সংখ্যা নম্বরের संख्या
id: আইডি आईडी id docket ডকেট डॉकेट
receipt: রসিদ रसीद receipt slip স্লিপ
papers: কাগজ কাগজপত্র নথি ছবি কপি काग़ज़ paper document copy photo নথিপত্র ডকুমেন্ট দলিলপত্র दस्तावेज
  दस्तावेज़ात documents copies
submitted: জমা जमा submitted দাখিল submit submitting deposited joma
repair: মেরামত সারানো সারিয়ে সারায় সারাই সারাতে সারাল পরিষ্কার मरम्मत ठीक repair repaired mend mended fix
  fixed সারাইয়ের মেরামতি ঠিক ঠিকঠাক সংস্কার সারাবে मरम्मती सुधरवाना renovate renovation clean cleaning
  cleared
phone: ফোন फ़ोन phone call called कॉल calls calling telephone
sent: পাঠানো পাঠিয়ে পাঠায়নি পাঠাচ্ছে পাঠিয়েছি পাঠান भेजा भेज send sent পাঠাক পাঠাল भेजना sending forward
  forwarded
told: জানিয়েছি জানানো জানিয়েছিলাম জানালাম জানিয়ে বলেছি বলেছিলাম বলে বলছে বলল বলেছে বলুন बताया कहा कहता बोल
  बोला बोलता कह told said say saying inform informed bole বলব বলেন বললে জানতে জানায়নি জানায় বলছি बोले कहते
  कहना बताते बताना बोलना asks informs tells telling
come: ase আসেনি আসে আসেননি আসছে আসেন এসেছে এসে এল আসত आया आता आना come came coming আসব আসবে আসতে আসার এলে आए
  आयी आई आने arrive arrived arrives arriving aschhe ashe asheni asche aya aata
go: যায় যাচ্ছে যাওয়া গেছে গেল গেলে গিয়ে যান যেতে গিয়েছিল গেছিল গেছি গিয়েছি जाना जाता गया जा go going went
  gone যাব যাবে যায়নি যাতায়াত জান যাওয়ার गए गई गयी जाए जाएगा जाती आवाजाही gaya gayi goes passing pass
  passable
give: দেয় দেয়নি দিচ্ছে দিয়েছে দিয়েছি দিয়ে দিয়েছিল দেওয়া দিতে দেন দেবে देना देता दिया दे give giving
  gave given দিল দিচ্ছি দেননি দেবেন দেওয়ার দিলেন বিলি दी दिए देते देंगे देने gives distribute distributed
  distribution dilo dicche deyni
take: নেয় নিচ্ছে নিয়ে নেওয়া নিতে নেয়নি নেবে लेना लेता लिया ले take taking took taken নেওয়ার নিল নিয়েছে
  নিয়েছি নাও नेना लेते लेने ली accept accepted accepting
get: পাইনি পাচ্ছি পাচ্ছে পেয়েছি পেয়েছে পাব পেলাম পায়নি মেলেনি মিলছে মেলে পাওয়া পাই ঢোকেনি ঢুকছে ঢুকেছে
  मिला मिल मिलता receive received got get getting credited পাওয়ার পায় পেতে পেল পেয়ে ঢোকে ঢুকল মেলা मिले
  मिलती मिली पाना पाया पाते पाती receiving gets pacche paini pai pelam milla mila dhokeni dhoke
do: করে করছে করছি করেছি করেছে করেছিল করেছিলাম করতে করা করুন করলে করলাম করেনি করবে কর করেও করি করেন করানো करना
  करता किया done doing kiya kar karke karta karte
become: হয় হচ্ছে হয়েছে হয়ে হয়নি হবে হলে হওয়া হোক হতে হয়েছিল হল होना होता हुआ हो became become হওয়ার
  হয়েছি होगा होती हुई हुए होने happened happening happen hoyeche hoy hoyni hocche
want: চাই চাইছে চাইছি চায় চাওয়া চাইলে লাগবে লাগে चाहिए माँग माँगता माँगना want ask asking demand demanding
  need দরকার প্রয়োজন চাচ্ছে চাইলাম माँगा माँगते माँगती ज़रूरत wants needed requires required demands chaiche
  chay dorkar
keep: রাখা রাখে রয়েছে থাকে থাকি থাকছি থাকা থাকতে পড়ে আছি আছেন रहना रहता keep kept lying live living stay
  থাকেন রেখেছে রেখে रखा रखते पड़ा पड़ी पड़े stays staying remain remains
see: দেখা দেখায় দেখাচ্ছে দেখে দেখছে दिखा दिखता देख see show showing দেখেনি দেখুন দেখতে देखने देखते देखती
  shown shows seen look looking looks
start: চালু শুরু चालू शुरू start started running চালুই starts starting begin began begun resume
move: হাঁটা হাঁটতে হাঁটু চলা চলছে চলে চলতে चलता चल चलना চলাচল হেঁটে ঘুরপথ चलते चलती पैदल चलने walk walking
  walked ply plying runs
owner: মালিক ম্যানেজার मालिक मैनेजर owner manager
work: কাজ काम work working
money: পেমেন্ট भुगतान payment টাকা পয়সা पैसा रुपये रुपया money amount rupee rs taka paisa
increase: বাড়ানো বাড়ানোর बढ़ाना increase বেড়ে বেড়েছে বাড়ছে বাড়েনি বাড়তে बढ़ा बढ़ती बढ़े increases
  increased
many: সব অনেক পুরো গোটা সমস্ত সারা सब सारा पूरा many whole entire
village: গ্রাম গাঁ গ্রামীণ गाँव गांव gram gaon village
quarter: পাড়া মহল্লা পল্লি কলোনি বস্তি मोहल्ला बस्ती कॉलोनी टोला mohalla colony busty basti para
place: জায়গা जगह place jagah
area: এলাকা इलाका area locality
ward: ওয়ার্ড वार्ड ward
here: সামনে পাশে ধারে কাছে উল্টোদিকে উল্টো এখানে ওখানে ভিতরে पास बगल सामने यहाँ near front beside opposite
  kache kachhe paas samne pashe
big: বড় বড়ো ছোট बड़ा छोटा big large small
trouble: অসুবিধা সমস্যা কষ্ট ভোগান্তি বিপদ ভয় আতঙ্ক परेशान परेशानी दिक़्क़त समस्या problem trouble difficulty
  danger dangerous
please: ব্যবস্থা তাড়াতাড়ি জলদি जल्दी तुरंत please urgently action kindly arrange soon joldi
i: আমার আমি আমাকে নিজের मेरा मुझे मैं मैंने my i mine amar ami mera mere meri amake mujhe maine
we: আমাদের আমরা हम हमारा हमें we our us amader amra hum hamara hamari hamare
they: তারা তাদের ওরা ওদের তাকে वे उनका उनको they their them his her he she তিনি তাঁর তাঁরা
children: স্টুডেন্ট स्टूडेंट বাচ্চা ছেলেমেয়ে ছাত্র ছাত্রী ছাত্রছাত্রী শিশু बच्चा छात्र child children student
  kid bachche bachcha baccha bacchader bachchader
patient: রোগী मरीज़ रोगी patient
name: নাম नाम name
answer: উত্তর জবাব जवाब answer reply response
sanctioned: মঞ্জুর অনুমোদিত मंज़ूर sanctioned approved approve
new: নতুন নূতন नया new নতুনের नई नए naya
cash: নগদ ক্যাশ नकद नगद cash
absent: নেই নাই nei
verified: যাচাই ভেরিফিকেশন सत्यापन verification verify verified jachai
primary: প্রাইমারি প্রাথমিক प्राथमिक primary
report: রিপোর্ট रिपोर्ट report
supply: সাপ্লাই সরবরাহ सप्लाई supply stock
line: লাইন लाइन line queue
dark: অন্ধকার अँधेरा dark
kilometre: কিলোমিটার কিমি किलोमीटर km kilometre
date: তারিখ तारीख़ date
online: অনলাইন ऑनलाइन online
credit: ক্রেডিট क्रेडिट credit
headmaster: হেডমাস্টার হেডস্যার প্রধানশিক্ষক হেডমিস্ট্রেস हेडमास्टर प्रधानाध्यापक headmaster headmistress
  principal
buy: buy buys buying bought purchase
kanyashree: কন্যাশ্রী कन्याश्री kanyashree konnashree
rupashree: রূপশ্রী रूपश्री rupashree
krishak-bandhu: কৃষকবন্ধু कृषकबंधु krishakbandhu
bandhu: বন্ধু बंधु bondhu bandhu
lakshmi: লক্ষ্মী লক্ষ্মীর लक्ष्मी लक्ष्मीर lakshmi lakshmir lokkhi lokkhir
sathi: সাথী साथी sathi
swasthya-sathi: স্বাস্থ্যসাথী स्वास्थ्यसाथी swasthyasathi
manabik: মানবিক मानबिक manabik
pathashree: পথশ্রী पथश्री pathashree
return: ফিরে ফিরি ফিরছি ফিরতে ফেরা
foot: ফুট फुट foot feet
scheme: প্রকল্প যোজনা योजना scheme
percent: শতাংশ परसेंट प्रतिशत percent
woman: মহিলা মেয়েরা মেয়েমানুষ বউঝি औरत औरतें महिला woman women ladies lady girls
poor-man: গরিব গরীব ग़रीब गरीब
told-help: সাহায্য সহায়তা मदद help helpline
open: খোলে খোলেনি খুলছে খোলার খুলতে খুলেছি খোলেন খোলা खुला खुलता खुलती खोलता खोलते खोला खुलना open opens
  opened opening khole khula
stand: দাঁড়িয়ে দাঁড়াতে দাঁড়ায় খড়া खड़ा खड़े खड़ी standing
sit: বসেন বসতে বসানো बैठ बैठा बैठे बैठता sit sits sitting
raise: তুলেছি তুলছে তুলে উঠে ওঠে ওঠেনি উঠেছে তুলতে उठा उठाना उठता उठाया उठाते raised lift lifted
bring: আনছি আনি আনুন আনে আনা लाना लाते लाए bring brought carry carried carrying
attach: লেগেছে লাগিয়ে লাগানো জুড়ে জোড়া লাগায় लगा लगाया लगाते लगता जुड़ा जोड़ने जोड़ना attach attached
  install installed installation
write: লেখে লিখে লেখা লিখিত লেখেনি लिखा लिखता लिखते लिखित लिखना write written writes writing registering lodge
  lodged
hear: শোনে শুনছে শুনে सुना सुनता सुनते सुनती hear listen listens listening
change: বদল বদলাতে বদলানো পাল্টাতে পাল্টে পাল্টানো পাল্টায়নি বদলে बदला बदलना बदलाव change changed changing
  replace replaced replacement
settle: মিটিয়ে মীমাংসা মিটমাট विवाद समझौता settle settled dispute
eat: খাওয়া খাচ্ছে খায় খেয়ে খাওয়ার খেতে খাবে खाया खाती eat eating eats
study: পড়াশোনা পড়ানো পড়ায় পড়েন পড়াশুনো पढ़ते पढ़ता पढ़ study studies studying read classes পড়ি পড়ছি
  পড়ছে পড়া পড়ত পড়াতে
fear: ভয়ে আতঙ্কিত डर डरते डरती fear afraid scared
throw: डाला डाले डालते ফেলছে ফেলে ফেলতে ফেলা ফেললে फेंक फेंकते फेंकना throw throwing thrown
reach: পৌঁছায় পৌঁছে পৌঁছতে पहुँच पहुँचता reach reached reaching
leave: ছেড়ে ছাড়ছে ছাড়ে छोड़ छोड़कर छोड़ते leave leaving left release released
catch: ধরছে ধরা ধরেনি ধরতে पकड़ पकड़ा पकड़ते catch catching caught hold
sell: বেচি
cut-off: বিচ্ছিন্ন
side: ধার দিক এদিক ওদিক তীর ओर तरफ़ किनारे किनारा side along edge
above: ওপরে উপরে নীচে নিচে ऊपर नीचे above below upar
middle: মাঝপথ মাঝখান बीच बीचोंबीच middle
outside: বাইরে বাহির बाहर outside baire bahar
inside: ভেতরে ভেতর अंदर भीतर inside
up-to: অবধি পর্যন্তই porjonto
far: দূর দূরে दूर far dure distance
rest: মোট कुल total
level-first: প্রথম প্রথমটা पहला पहली prothom
level-second: দ্বিতীয় সেকেন্ড दूसरा दूसरी दूसरे सेकंड
last-part: শেষ শেষের आख़िरी अंतिम end finished finish aakhri akhri
matter: ব্যাপার ব্যাপারে বিষয় বিষয়ে কারণ কারণে मामला मामले कारण बारे matter regarding reason cause
case-ok: ভালো ভাল सही अच्छा good fine okay properly proper
old: পুরনো পুরোনো पुराना पुरानी old
head: মাথা सिर head
stomach: পেট पेट stomach
hand: হাত हाथ hand
home: বাপের
amount: দাম টাকার রেট दाम रकम price cost
thing: জিনিস মাল সামগ্রী सामान माल material materials goods items item
district: জেলা জেলার ज़िला district jela
mouza: মৌজা মৌজার मौजा mouza mauza
west: পশ্চিম पश्चिम west
east: পূর্ব पूरब पूर्व east
north: উত্তরপাড়া उत्तर north
south: দক্ষিণ दक्षिण south
company: কোম্পানি কম্পানি कंपनी company
notice: নোটিস নোটিশ नोटिस notice board বোর্ড ফলক बोर्ड
action: পদক্ষেপ कार्रवाई steps step
demand: দাবি मांग
clear: পরিষ্কারভাবে स्पष्ट
digital: ডিজিটাল डिजिटल digital
self: নিজে নিজেরা स्वयं खुद self own myself
other: অন্যান্য দূরের दूसरों else somebody someone
instead: instead
fund-out: সাপ্লাইয়ের ফুরিয়ে स्टॉक খতম ख़त्म खत्म
approved: anumodito
half-more: দেড় আড়াই डेढ़ ढाई
each: প্রতিবার প্রতিবারই বারবার প্রতিদিনই बारबार हरबार
land-measure: বিঘা বিঘে কাঠা ডেসিমেল बीघा कट्ठा bigha katha decimal acre
solid: পাকা পাকার पक्का पक्की pucca
only: একমাত্র ekmatro
alone: একা अकेला alone
cost: খরচ ख़र्च खर्च expense
town: শহর शहर town city
door: দরজা दरवाज़ा door
know: জেনেছি জানেন শুনলাম জানলাম पता
talk: কথা बात talk
condition: অবস্থা অবস্থাও हालत condition
sky: আকাশ আকাশের आसमान sky
wash: ধুয়ে ধোয়া धो wash
drop: ফোঁটা बूँद drop
pass: পেরিয়ে পেরিয়েও পেরোল
"""
"""What any call may tell of: it weighs little."""

KIN = """
mother: মা মায়ের माँ अम्मी mother mayer মাকে মায়েরা माता mummy mum ma maa amma
father: বাবা আব্বা पिता पिताजी पापा अब्बा father বাবার পিতা বাপ बाबूजी dad papa baba abba
husband: স্বামী पति husband বর পতি शौहर bor swami pati
wife: স্ত্রী বউ पत्नी बीवी wife stri stree বউয়ের বৌ স্ত্রীর घरवाली bou
son: ছেলে পুত্র बेटा son ছেলের ছেলেকে बेटे chele beta boy
daughter: মেয়ে बेटी daughter মেয়ের মেয়েকে कन्या meye beti girl
brother: ভাই দাদা भाई brother ভাইয়ের भैया bhai
sister: বোন দিদি बहन sister বোনের बहनों bon
mother-in-law: শাশুড়ি सास শাশুড়ির saas
father-in-law: শ্বশুর ससुर শ্বশুরের sasur
grandmother: ঠাকুমা দিদা दादी नानी grandmother ঠাকুমার দিদিমা thakuma
grandfather: দাদু ঠাকুরদা दादाजी grandfather দাদুর दादा dadu grandpa
uncle: কাকা জ্যাঠা মামা चाचा मामा uncle
aunt: কাকিমা মাসি পিসি चाची मौसी aunt
child-of: নাতি নাতনি नाती पोता पोती grandson granddaughter
"""
"""Whose matter it is, where it is not the caller's own."""

NUMBERS = """
1: এক एक one ek একটা একটি একবার একজন
2: দুই দু দুটি दो two dui দুটো দুবার দুজন
3: তিন তিনটি तीन three tin teen তিনটে তিনবার তিনজন
4: চার চারটি चार four char chaar চারটে
5: পাঁচ पाँच पांच five panch paanch
6: ছয় ছ छह छः छे six chhoy chhah ছটা
7: সাত सात seven sat saat
8: আট आठ eight aath
9: নয়টি नौ nine নয়টা নবম ন
10: দশ दस ten dosh
11: এগারো ग्यारह eleven
12: বারো बारह twelve
13: তেরো तेरह thirteen
14: চোদ্দো चौदह fourteen
15: পনেরো পনের पंद्रह पन्द्रह fifteen
16: ষোলো सोलह sixteen
17: সতেরো सत्रह seventeen
18: আঠারো अठारह eighteen
19: উনিশ उन्नीस nineteen
20: কুড়ি বিশ बीस twenty
25: পঁচিশ पच्चीस
30: তিরিশ ত্রিশ तीस thirty
35: পঁয়ত্রিশ पैंतीस
40: চল্লিশ चालीस forty
50: পঞ্চাশ पचास fifty
60: ষাট साठ sixty
70: সত্তর सत्तर seventy
80: আশি अस्सी eighty
90: নব্বই नब्बे ninety
100: একশো শো सौ hundred
1000: হাজার हज़ार thousand হাজারের hajar hazar
100000: লাখ লক্ষ लाख lakh
21: একুশ इक्कीस
22: বাইশ बाईस
24: চব্বিশ चौबीस
45: পঁয়তাল্লিশ पैंतालीस
57: সাতান্ন सत्तावन
65: পঁয়ষট্টি पैंसठ
71: একাত্তর इकहत्तर
75: পঁচাত্তর पचहत्तर
85: পঁচাশি पचासी
200: দুশো
300: তিনশো
400: চারশো
500: পাঁচশো
800: আটশো
"""
"""Numbers that are told in words."""
