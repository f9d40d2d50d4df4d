"""Words of one meaning in Bengali, Hindi and English: what calls are about, what is wrong, whom they mean.

A row is a meaning: its name, and its words in any script; an indented line goes on with the row before it.
A word is found however it is spelt and inflected (see ``meaning``), so that one spelling in each script is
enough. Bengali and Hindi in Latin letters are written here only where the word is too short to be known by
its consonants. What is not here is taken for a name.

Own lists, from the categories, the schemes and the sample calls.
"""

from __future__ import annotations

THINGS = """
water: জল পানি পানীয় पानी पीना पेयजल jol jal water drinking
outlet: কল নলকূপ টিউবওয়েল চাপাকল ট্যাপ টাইমকল चापाकल हैंडपंप नलकूप नल kol tubewell tap handpump
well: কুয়ো কুয়া ইঁদারা कुआँ कुएँ well
pipe: পাইপ পাইপলাইন पाइप पाइपलाइन pipe pipeline
pump: পাম্প সাবমার্সিবল মোটর पंप मोटर pump submersible
tank: ট্যাঙ্ক ট্যাংক ট্যাঙ্কি ট্যাংকি जलमीनार टंकी टैंक tank reservoir
tanker: ট্যাঙ্কার ট্যাংকার टैंकर tanker
solar: সোলার সৌর सोलर solar
iron: আয়রন আর্সেনিক লালচে आयरन आर्सेनिक iron arsenic
road: রাস্তা রাস্তাঘাট সড়ক রোড सड़क रास्ता रोड road rasta street
lane: গলি गली lane
surface: পিচ মোরাম ঢালাই কংক্রিট खड़ंजा ढलाई pitch concrete
pothole: গর্ত খানাখন্দ गड्ढा pothole
bridge: সেতু ব্রিজ সাঁকো पुल bridge
culvert: কালভার্ট पुलिया culvert
rail: রেলিং गार्डवाल रेलिंग railing guardwall
drain: নর্দমা ড্রেন নালা নালি নিকাশি नाली नाला ड्रेन जलनिकासी निकासी drain drainage sewer sewage
manhole: ম্যানহোল ঢাকনা স্ল্যাব मैनहोल ढक्कन स्लैब manhole cover lid slab
garbage: জঞ্জাল আবর্জনা ময়লা ভ্যাট ডাস্টবিন कूड़ा कचरा garbage waste vat dustbin rubbish
waterlogging: জলমগ্ন জলাবদ্ধতা जलजमाव जलभराव waterlogging waterlogged
electricity: বিদ্যুৎ কারেন্ট ইলেকট্রিক লাইট আলো বাতি পথবাতি बिजली लाइट बत्ती current electricity electric
  power light alo bijli
voltage: ভোল্টেজ वोल्टेज voltage
transformer: ট্রান্সফর্মার ट्रांसफॉर्मर transformer
pole: খুঁটি পোল पोल खंभा खम्भा pole
wire: তার केबल तार wire cable tar
meter: মিটার मीटर meter
bill: বিল बिल bill
connection: কানেকশন সংযোগ कनेक्शन connection
powercut: লোডশেডিং लोडशेडिंग loadshedding powercut
fan: পাখা ফ্যান ফ্রিজ पंखा फ्रिज fan fridge
school: স্কুল হাইস্কুল বিদ্যালয় পাঠশালা মাদ্রাসা स्कूल विद्यालय मदरसा school madrasa
anganwadi: অঙ্গনওয়াড়ি আইসিডিএস आंगनवाड़ी आंगनबाड़ी anganwadi icds
teacher: শিক্ষক শিক্ষিকা মাস্টার মাস্টারমশাই স্যার দিদিমণি शिक्षक शिक्षिका मास्टर teacher
lesson: অঙ্ক ইংরেজি বিজ্ঞান गणित विज्ञान अंग्रेजी maths science lesson
exam: পরীক্ষা परीक्षा इम्तिहान exam examination
meal: মিল ডিম ভাত খাবার খিচুড়ি रसोई भोजन खाना खिचड़ी meal egg food
class: ক্লাস ক্লাসঘর कक्षा class classroom
building: বিল্ডিং ভবন भवन building
roof: ছাদ চাঙড় छत roof ceiling
wall: দেওয়াল পাঁচিল প্রাচীর दीवार चारदीवारी wall
tablet: ট্যাব टैब टैबलेट tab tablet
bicycle: সাইকেল साइकिल cycle bicycle
admission: ভর্তি दाखिला एडमिशन admission
college: কলেজ বিশ্ববিদ্যালয় कॉलेज विश्वविद्यालय college university institute
scholarship: বৃত্তি স্কলারশিপ छात्रवृत्ति स्कॉलरशिप scholarship stipend
fee: ফি ফিস फ़ीस fee
loan: লোন ঋণ लोन ऋण क़र्ज़ loan
hospital: হাসপাতাল স্বাস্থ্যকেন্দ্র উপস্বাস্থ্যকেন্দ্র সাবসেন্টার হেলথসেন্টার अस्पताल hospital subcentre হেলথ health phc
nursing-home: নার্সিংহোম নার্সিং नर्सिंगहोम नर्सिंग nursing
doctor: ডাক্তার ডাক্তারবাবু চিকিৎসক डॉक्टर डाक्टर doctor
nurse: নার্স এএনএম नर्स एएनएम nurse anm
ambulance: অ্যাম্বুল্যান্স অ্যাম্বুলেন্স एम्बुलेंस एंबुलेंस ambulance
medicine: ওষুধ ঔষধ दवा दवाई medicine
vaccine: টিকা ইনজেকশন ভ্যাকসিন सुई टीका इंजेक्शन vaccine injection
bed: বেড শয্যা बेड bed
dog: কুকুর জলাতঙ্ক कुत्ता रेबीज dog rabies
snake: সাপ साँप snake
elephant: হাতি हाथी elephant
mosquito: মশা ডেঙ্গু मच्छर डेंगू mosquito dengue
bite: কামড়ানো কামড়েছে কামড়ায় কামড় काटने bite bitten
machine: মেশিন যন্ত্র मशीन machine
x-ray: এক্সরে एक्सरे xray
ultrasound: আলট্রাসাউন্ড ইউএসজি अल्ट्रासाउंड ultrasound usg
test: जाँच test
blood: রক্ত खून रक्त blood
dialysis: ডায়ালিসিস डायलिसिस dialysis
operation: অপারেশন অস্ত্রোপচার ऑपरेशन operation surgery
pregnancy: গর্ভবতী প্রসূতি পোয়াতি गर्भवती प्रसूता pregnant maternity delivery
fire: আগুন দমকল आग दमकल fire agun
ration: রেশন राशन ration
dealer: ডিলার डीलर कोटेदार dealer
rice: চাল चावल chal rice
flour: আটা গম आटा गेहूँ atta wheat flour
weight: ওজন কেজি কিলো वज़न किलो weight kilo kg
fingerprint: আঙুল আঙ্গুল ছাপ বায়োমেট্রিক अँगूठा उँगली बायोमेट्रिक निशान finger fingerprint biometric thumb
aadhaar: আধার आधार aadhaar adhar aadhar
card: কার্ড कार्ड card
pension: ভাতা পেনশন भत्ता पेंशन pension allowance bhata
bhandar: ভাণ্ডার भंडार bhandar
widow: বিধবা विधवा widow
old-age: বার্ধক্য বৃদ্ধ বৃদ্ধা वृद्ध बुढ़ापा
disability: প্রতিবন্ধী বিকলাঙ্গ दिव्यांग विकलांग disabled disability handicapped
house: ঘর বাড়ি আবাস घर मकान आवास बाड़ी house housing home ghar bari
soil: মাটি मिट्टी soil mati
instalment: কিস্তি किस्त instalment installment
list: তালিকা লিস্ট सूची लिस्ट list
survey: সার্ভে সমীক্ষা सर्वे survey
certificate: শংসাপত্র সার্টিফিকেট সনদ প্রমাণপত্র प्रमाणपत्र प्रमाण सर्टिफिकेट certificate
caste: জাতি তপশিলি তফসিলি जाति caste sc st obc
birth: জন্ম जन्म birth
marriage: বিয়ে বিবাহ शादी विवाह marriage wedding biye
hearing: শুনানি सुनवाई hearing
land: জমি ভূমি ज़मीन भूमि land
mutation: মিউটেশন নামজারি दाखिलखारिज म्यूटेशन mutation
rights: পরচা খতিয়ান রেকর্ড পাট্টা বর্গা पर्चा खतियान रिकॉर्ड पट्टा ror khatian
plot: দাগ दाग प्लॉट plot dag
boundary: সীমানা মাপজোক আমিন नापी अमीन सीमा boundary measurement
embankment: বাঁধ নদীবাঁধ तटबंध बाँध embankment
river: নদী গঙ্গা नदी river
erosion: ধস ভাঙন ফাটল নদীভাঙন भूस्खलन कटाव दरार landslide slide erosion crack
tide: জোয়ার কোটাল ज्वार tide
rain: বৃষ্টি বর্ষা बारिश बरसात rain
flood: বন্যা প্লাবন बाढ़ flood
storm: ঝড় ঘূর্ণিঝড় শিলাবৃষ্টি आँधी तूफान ओला storm cyclone hail
relief: ত্রাণ ত্রিপল পুনর্বাসন राहत तिरपाल पुनर्वास relief tarpaulin rehabilitation
compensation: ক্ষতিপূরণ मुआवज़ा compensation
crop: ফসল ধান পাট আলু फ़सल धान आलू crop paddy potato jute
insurance: বিমা बीमा insurance
fertiliser: সার ইউরিয়া खाद यूरिया fertiliser fertilizer urea
irrigation: সেচ सिंचाई irrigation
bus: বাস बस bus
fare: ভাড়া किराया भाड़ा fare bhara
route: রুট रूट route
ticket: টিকিট टिकट ticket
ferry: ফেরি ফেরিঘাট লঞ্চ নৌকা फेरी लॉन्च नाव ferry launch boat
licence: লাইসেন্স পারমিট लाइसेंस परमिट licence license permit
worker: শ্রমিক মজুর मज़दूर श्रमिक worker labour labourer
wages: মজুরি বেতন মাইনে मज़दूरी वेतन हाज़िरी wage wages salary
bonus: বোনাস बोनस bonus
fund: পিএফ গ্র্যাচুইটি पीएफ pf gratuity
garden: বাগান बागान गार्डन garden
factory: কারখানা ইটভাটা ভাটা फ़ैक्टरी कारखाना ईंटभट्ठा factory kiln
job: জবকার্ড জব চাকরি जॉब नौकरी job employment
fir: এফআইআর জিডি एफआईआर fir gd
theft: চুরি ছিনতাই चोरी stolen theft
vehicle: বাইক মোটরসাইকেল স্কুটার স্কুটি गाड़ी मोटरसाइकिल बाइक bike motorcycle scooter scooty
toto: টোটো অটো ভ্যান टोटो ऑटो वैन toto auto
liquor: মদ চোলাই शराब liquor alcohol
gambling: জুয়া সাট্টা जुआ सट्टा gambling
noise: মাইক ডিজে डीजे माइक dj noise loudspeaker
toilet: পায়খানা শৌচাগার শৌচালয় शौचालय toilet latrine
bamboo: বাঁশ बाँस bamboo bansh
crowd: ভিড় भीड़ crowd crowded overcrowding
tree: গাছ पेड़ tree
sand: বালি बालू रेत sand
truck: লরি ট্রাক ডাম্পার ट्रक डंपर lorry truck
encroachment: দখল জবরদখল कब्ज़ा क़ब्ज़ा encroachment encroached encroach
parking: পার্কিং पार्किंग parking
debris: পাথর খোয়া मलबा पत्थर stone debris mud
pond: পুকুর तालाब pond
bank: ব্যাঙ্ক ব্যাংক बैंक bank
account: অ্যাকাউন্ট একাউন্ট খাতা পাসবই পাসবুক खाता अकाउंट पासबुक account passbook
ifsc: আইএফএসসি ifsc
kyc: কেওয়াইসি केवाईसी kyc
portal: পোর্টাল সার্ভার पोर्टल सर्वर portal server
divider: ডিভাইডার डिवाइडर divider
speed-breaker: স্পিডব্রেকার বাম্প ब्रेकर breaker bump
footpath: ফুটপাত फुटपाथ footpath pavement
signal: সিগন্যাল ট্রাফিক सिग्नल ट्रैफिक signal traffic
highway: বাইপাস হাইওয়ে बाइपास हाईवे bypass highway flyover
dust: ধুলো धूल dust
accident: দুর্ঘটনা অ্যাক্সিডেন্ট दुर्घटना हादसा accident
canal: খাল ক্যানেল नहर canal
sluice: স্লুইস লকগেট स्लुइस sluice
spring: ঝরনা ঝোরা झरना झोरा spring
handle: হাতল हैंडल handle
filter: ফিল্টার फ़िल्टर filter
pressure: চাপ दबाव pressure
cattle: গরু গোরু মহিষ ছাগল गाय भैंस बकरी cow cows cattle goat buffalo
building-plan: নকশা नक्शा plan
tax: ট্যাক্স খাজনা टैक्स लगान tax
park: পার্ক पार्क park
crematorium: শ্মশান কবরস্থান শ্মশানঘাট श्मशान कब्रिस्तान crematorium graveyard cemetery
hawker: হকার हॉकर hawker
spraying: স্প্রে ধোঁয়া छिड़काव spray spraying fogging
septic-tank: সেপটিক सेप्टिक septic
kerosene: কেরোসিন केरोसिन kerosene
sugar: চিনি चीनी sugar
otp: ওটিপি ओटीपी otp
oxygen: অক্সিজেন ऑक्सीजन oxygen
scan: স্ক্যান सीटीस्कैन स्कैन scan
referral: রেফার रेफर refer referred
cataract: ছানি मोतियाबिंद cataract
kidney: কিডনি किडनी गुर्दा kidney
heart: হার্ট हार्ट heart cardiac
cancer: ক্যানসার ক্যান্সার कैंसर cancer
eye: চোখ आँख आंख eye eyes
leg: পা पैर leg
tuberculosis: যক্ষ্মা টিবি टीबी tb tuberculosis
package: প্যাকেজ पैकेज package
life-certificate: জীবন লাইফ जीवन लाइफ life
post-office: ডাকঘর পোস্টঅফিস डाकघर post
quota: কোটা कोटा quota
arrears: বকেয়া বাকি बकाया बाकी arrears arrear due
thatch: খড় টিন চালা छप्पर टिन thatched thatch
lintel: লিনটেল লিন্টেল লিন্টন लिंटेल lintel
foundation: ভিত नींव foundation
enquiry: তদন্ত এনকোয়ারি इंक्वायरी जाँचपड़ताल enquiry inquiry investigation
deed: দলিল दस्तावेज़ बैनामा deed
heir: ওয়ারিশ পৈতৃক उत्तराधिकारी वारिस पैतृक heir ancestral
court: আদালত কোর্ট अदालत कोर्ट court
registration: রেজিস্ট্রেশন নিবন্ধন पंजीकरण रजिस्ट्रेशन registration
acquisition: অধিগ্রহণ अधिग्रहण acquisition acquired
fence: বেড়া बाड़ fence fencing
arrest: গ্রেফতার আসামি गिरफ्तार आरोपी arrest arrested accused
rape: ধর্ষণ শ্লীলতাহানি बलात्कार छेड़छाड़ rape molested molestation harassment
missing: নিখোঁজ অপহরণ लापता अपहरण missing kidnapped
murder: খুন हत्या murder killed
fraud: প্রতারণা ঠকিয়ে জালিয়াতি ठगी धोखाधड़ी fraud cheated cheating scam
passport: পাসপোর্ট पासपोर्ट passport
drugs: গাঁজা নেশা মাদক गांजा नशा drugs ganja
robbery: ডাকাতি डकैती robbery dacoity
mobile: মোবাইল मोबाइल mobile
dowry: পণ दहेज dowry
poison: বিষ ज़हर poison
spark: ফুলকি स्पार्क चिंगारी spark sparking
fuse: ফিউজ फ्यूज fuse
reading: রিডিং रीडिंग reading
hooking: হুকিং हुकिंग hooking
branch: ডাল डाली branch branches
substation: সাবস্টেশন सबस्टेशन substation feeder
uniform: পোশাক ইউনিফর্ম ড্রেস वर्दी यूनिफॉर्म uniform
shoes: জুতো जूता shoes
books: বই किताब book books
bench: বেঞ্চ बेंच bench
marksheet: মার্কশিট मार्कशीट marksheet
result: রেজাল্ট ফলাফল रिज़ल्ट result
hostel: হোস্টেল छात्रावास हॉस्टल hostel
computer: কম্পিউটার कंप्यूटर computer
tuition: টিউশন ट्यूशन tuition
semester: সেমেস্টার सेमेस्टर semester sem
seed: বীজ बीज seed seeds
pesticide: কীটনাশক कीटनाशक pesticide
procurement: কেনা মান্ডি ख़रीद खरीद मंडी procurement mandi
cold-storage: হিমঘর कोल्डस्टोर coldstorage
fish: মাছ मछली fish
poultry: মুরগি मुर्गी poultry chicken
tractor: ট্রাক্টর ट्रैक्टर tractor
driver: চালক ড্রাইভার चालक ड्राइवर driver
conductor: কন্ডাক্টর कंडक्टर conductor
train: ট্রেন ट्रेन train
toll: টোল टोल toll
overtime: ওভারটাইম ओवरटाइम overtime
contract: চুক্তি ठेका contract
retirement: অবসর रिटायर retired retirement
voter: ভোটার वोटर voter
tower: টাওয়ার टावर tower
internet: ইন্টারনেট इंटरनेट internet
library: লাইব্রেরি গ্রন্থাগার पुस्तकालय library
playground: খেলার खेल playground
tea: চা चाय tea
betel: পান পানের betel
vegetable: সবজি सब्जी vegetable vegetables
inspection: পরিদর্শন निरीक्षण inspection
transfer: বদলি ट्रांसफर transfer transferred
"""
"""What it is about."""

LANDMARKS = """
station: স্টেশন स्टेशन station
stop: বাসস্ট্যান্ড স্ট্যান্ড স্টপেজ बसस्टैंड स्टैंड stand stop
crossing: মোড় চৌমাথা তেমাথা चौक मोड़ mor crossing junction
market: বাজার হাট হাটতলা बाज़ार हाट market bazar bazaar hat haat
temple: মন্দির শিবমন্দির কালীমন্দির দুর্গামণ্ডপ মণ্ডপ मंदिर temple mandir
mosque: মসজিদ ইদগাহ मस्जिद mosque masjid
church: গির্জা चर्च church
gate: গেট गेट gate
ghat: ঘাট घाट ghat
club: ক্লাব क्लब club
field: মাঠ मैदान field ground
shop: দোকান दुकान shop store dokan dukan
depot: ডিপো डिपो depot
petrol-pump: পেট্রোলপাম্প पेट्रोलपंप petrolpump
cinema: সিনেমা सिनेमा cinema
"""
"""Beside what it is."""

STATES = """
dead: মৃত মৃত্যু মারা मृत मृत्यु मौत मर मरा dead died death mara
broken: খারাপ বিকল অকেজো ভাঙা ভাঙ্গা ভেঙে ভেঙেছে ভাঙছে নষ্ট ख़राब टूटा टूट तोड़ broken damaged defective faulty
  venge vanga
burnt: পোড়া পুড়ে পুড়েছে जला burnt burned pora
closed: বন্ধ আটকে আটকেছে আটকানো बंद बन्द अटका रुका रुक रोक bandh band bondho closed stopped shut stuck blocked
pending: ঝুলে পেন্ডিং অপেক্ষমাণ लटका पेंडिंग pending hanging
dry: শুকনো শুকিয়ে খালি खाली सूखा सूख dry empty
leaking: লিক ফেটে ফুটো रिसाव लीक leak leaking burst
overflowing: উপচে উপচিয়ে ছাপিয়ে उफन overflow overflowing overflows
choked: জাম বুজে जाम choked jam clogged
collapsed: ডুবে ডুববে ভাসবে তলিয়ে ধসে डूबा डूब बह बहा collapsed sunk drowned
dirty: নোংরা ঘোলা দুর্গন্ধ গন্ধ गंदा गंदगी बदबू dirty smell stinking stench
fallen: ছিঁড়ে ছিঁড়েছে गिर गिरा fallen fell
leaning: হেলে झुका झुक leaning tilted
money-asked: ঘুষ কাটমানি দালাল रिश्वत घूस दलाल कटमनी bribe commission cutmoney
wrong: ভুল ग़लत गलत wrong mistake error incorrect
correction: সংশোধন কারেকশন सुधार correction
rejected: বাতিল রিজেক্ট নামঞ্জুর रद्द नामंज़ूर rejected cancelled
struck-off: বাদ কেটে কাটা काट deleted removed
refused: ফিরিয়ে ফেরত ফেরায় लौटा लौट वापस मना refuse refused returned
poor: নিম্নমানের পাতলা পচা বাসি घटिया सड़ा बासी substandard rotten stale
less: কম অর্ধেক আধা आधा कम less half kom kam
more: বেশি অতিরিক্ত বাড়তি ज़्यादा अतिरिक्त extra excess
illegal: বেআইনি অবৈধ अवैध illegal
threat: হুমকি মারধর धमकी मारपीट threat threatened beaten
sick: অসুখ জ্বর অসুস্থ बीमार sick ill
"""
"""What is wrong with it."""

BACKGROUND = """
time: সময় দিন মাস বছর সপ্তাহ বার হপ্তা ঘণ্টা दिन महीना साल हफ़्ता सप्ताह बार घंटा din mas bochor mahina day week month
  year hour
when: আজ কাল এখন এখনও গত আগে আগামী পরে সকাল রাত সন্ধ্যা সন্ধে রোজ প্রতিদিন পর পর্যন্ত আবার মাঝে আজও সোমবার
  মঙ্গলবার বুধবার শনিবার রবিবার आज कल अब अभी पहले बाद सुबह रात शाम रोज़ हर तक फिर दोबारा today yesterday
  tomorrow now still ago last since before after morning night evening daily every till until again yet monday
  tuesday sunday first second ekhono abar phir
month: জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর বৈশাখ জ্যৈষ্ঠ আষাঢ় শ্রাবণ
  ভাদ্র আশ্বিন কার্তিক অগ্রহায়ণ পৌষ মাঘ ফাল্গুন চৈত্র जनवरी फ़रवरी मार्च अप्रैल जून जुलाई अगस्त सितंबर अक्टूबर नवंबर
  दिसंबर january february march april june july august september october november december
office: অফিস দফতর দপ্তর কার্যালয় ऑफ़िस दफ़्तर कार्यालय विभाग office department
block: ব্লক বিডিও মহকুমা ब्लॉक बीडीओ block bdo sdo
land-office: বিএলআরও বিএলএলআরও blro bllro
panchayat: পঞ্চায়েত প্রধান মেম্বার সদস্য पंचायत प्रधान मुखिया panchayat pradhan
municipality: পুরসভা পৌরসভা কর্পোরেশন কাউন্সিলর বরো निगम नगरपालिका पार्षद municipality corporation kmc borough
  councillor
government: সরকার সরকারি দুয়ারে ক্যাম্প शिविर सरकार सरकारी कैंप government govt camp sarkar
police: থানা পুলিশ थाना पुलिस police thana
staff: লোক লাইনম্যান মিস্ত্রি ঠিকাদার কর্মী मिस्त्री ठेकेदार कर्मचारी आदमी लोग contractor lineman officer staff man
  men person mechanic lok
people: সবাই সকলে অনেকে অনেককে গ্রামবাসী এলাকাবাসী পরিবার परिवार सभी everybody everyone family villagers people
  residents sobai
complaint: অভিযোগ কমপ্লেন নালিশ शिकायत कंप्लेन complaint complain complained
application: আবেদন দরখাস্ত ফর্ম आवेदन अर्ज़ी अप्लाई फ़ॉर्म application applied form apply
number: নম্বর নং নাম্বার नंबर नं number no
id: আইডি आईडी id docket ডকেট डॉकेट
receipt: রসিদ रसीद receipt slip স্লিপ
papers: কাগজ কাগজপত্র নথি ছবি কপি काग़ज़ paper document copy photo
submitted: জমা जमा submitted
repair: মেরামত সারানো সারিয়ে সারায় সারাই সারাতে সারাল পরিষ্কার मरम्मत ठीक repair repaired mend mended fix fixed
  cleaned
phone: ফোন फ़ोन phone call called
sent: পাঠানো পাঠিয়ে পাঠায়নি পাঠাচ্ছে পাঠিয়েছি পাঠান भेजा भेज send sent
told: জানিয়েছি জানানো জানিয়েছিলাম জানালাম জানিয়ে বলেছি বলেছিলাম বলে বলছে বলল বলেছে বলুন बताया कहा कहता बोल बोला
  बोलता कह told said say saying inform informed bole
come: আসেনি আসে আসেননি আসছে আসেন এসেছে এসে এল আসত आया आता आना come came coming
go: যায় যাচ্ছে যাওয়া গেছে গেল গেলে গিয়ে যান যেতে গিয়েছিল গেছিল গেছি গিয়েছি जाना जाता गया जा go going went gone
give: দেয় দেয়নি দিচ্ছে দিয়েছে দিয়েছি দিয়ে দিয়েছিল দেওয়া দিতে দেন দেবে देना देता दिया दे give giving gave given
take: নেয় নিচ্ছে নিয়ে নেওয়া নিতে নেয়নি নেবে लेना लेता लिया ले take taking took taken
get: পাইনি পাচ্ছি পাচ্ছে পেয়েছি পেয়েছে পাব পেলাম পায়নি মেলেনি মিলছে মেলে পাওয়া পাই ঢোকেনি ঢুকছে ঢুকেছে मिला मिल
  मिलता receive received got get getting credited
do: করে করছে করছি করেছি করেছে করেছিল করেছিলাম করতে করা করুন করলে করলাম করেনি করবে কর করেও করি করেন করানো
  करना करता किया done doing
become: হয় হচ্ছে হয়েছে হয়ে হয়নি হবে হলে হওয়া হোক হতে হয়েছিল হল होना होता हुआ हो became become
want: চাই চাইছে চাইছি চায় চাওয়া চাইলে লাগবে লাগে चाहिए माँग माँगता माँगना want ask asking demand demanding need
keep: রাখা রাখে রয়েছে থাকে থাকি থাকছি থাকা থাকতে পড়ে আছি আছেন रहना रहता keep kept lying live living stay
see: দেখা দেখায় দেখাচ্ছে দেখে দেখছে दिखा दिखता देख see show showing
start: চালু শুরু चालू शुरू start started running
move: হাঁটা হাঁটতে হাঁটু চলা চলছে চলে চলতে चलता चल चलना
owner: মালিক ম্যানেজার मालिक मैनेजर owner manager
work: কাজ काम work working
money: টাকা পয়সা पैसा रुपये रुपया money amount rupee rs taka paisa
increase: বাড়ানো বাড়ানোর बढ़ाना increase
many: সব অনেক পুরো গোটা সমস্ত সারা सब सारा पूरा many whole entire
village: গ্রাম গাঁ গ্রামীণ गाँव गांव gram gaon village
quarter: পাড়া মহল্লা পল্লি কলোনি বস্তি मोहल्ला बस्ती कॉलोनी टोला mohalla colony busty basti para
place: জায়গা जगह place jagah
area: এলাকা इलाका area locality
ward: ওয়ার্ড वार्ड ward
here: সামনে পাশে ধারে কাছে উল্টোদিকে উল্টো এখানে ওখানে ভিতরে पास बगल सामने यहाँ near front beside opposite
big: বড় বড়ো ছোট बड़ा छोटा big large small
trouble: অসুবিধা সমস্যা কষ্ট ভোগান্তি বিপদ ভয় আতঙ্ক परेशान परेशानी दिक़्क़त समस्या problem trouble difficulty danger
  dangerous
please: ব্যবস্থা তাড়াতাড়ি জলদি जल्दी तुरंत please urgently action kindly arrange soon
i: আমার আমি আমাকে নিজের मेरा मुझे मैं मैंने my i mine amar ami mera
we: আমাদের আমরা हम हमारा हमें we our us amader amra
they: তারা তাদের ওরা ওদের তাকে वे उनका उनको they their them his her he she
children: বাচ্চা ছেলেমেয়ে ছাত্র ছাত্রী ছাত্রছাত্রী শিশু बच्चा छात्र child children student kid
patient: রোগী मरीज़ रोगी patient
name: নাম नाम name
answer: উত্তর জবাব जवाब answer reply response
sanctioned: মঞ্জুর অনুমোদিত मंज़ूर sanctioned approved approve
new: নতুন নূতন नया new
cash: নগদ ক্যাশ नकद नगद cash
absent: নেই নাই nei
verified: যাচাই ভেরিফিকেশন सत्यापन verification verify verified
primary: প্রাইমারি প্রাথমিক प्राथमिक primary
report: রিপোর্ট रिपोर्ट report
supply: সাপ্লাই সরবরাহ सप्लाई supply stock
line: লাইন लाइन line queue
dark: অন্ধকার अँधेरा dark
kilometre: কিলোমিটার কিমি किलोमीटर km kilometre
date: তারিখ तारीख़ date
scheme: প্রকল্প যোজনা योजना scheme
percent: শতাংশ परसेंट प्रतिशत percent
"""
"""What any call may tell of: it weighs little."""

KIN = """
mother: মা মায়ের माँ अम्मी mother mayer
father: বাবা আব্বা पिता पिताजी पापा अब्बा father
husband: স্বামী पति husband
wife: স্ত্রী বউ पत्नी बीवी wife stri stree
son: ছেলে পুত্র बेटा son
daughter: মেয়ে बेटी daughter
brother: ভাই দাদা भाई brother
sister: বোন দিদি बहन sister
mother-in-law: শাশুড়ি सास
father-in-law: শ্বশুর ससुर
grandmother: ঠাকুমা দিদা दादी नानी grandmother
grandfather: দাদু ঠাকুরদা दादाजी grandfather
"""
"""Whose matter it is, where it is not the caller's own."""

NUMBERS = """
1: এক एक one ek
2: দুই দু দুটি दो two dui
3: তিন তিনটি तीन three tin teen
4: চার চারটি चार four char chaar
5: পাঁচ पाँच पांच five panch paanch
6: ছয় ছ छह छः छे six chhoy chhah
7: সাত सात seven sat saat
8: আট आठ eight aath
9: নয়টি नौ nine
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
1000: হাজার हज़ार thousand
100000: লাখ লক্ষ लाख lakh
"""
"""Numbers that are told in words."""

FILLERS = """
না তো যে এ ও কি প্রায় বেশ কয়েক কয় একদম হঠাৎ কী আর এবং বা কিন্তু তবে তাই তবু অথচ এই সেই ওই এত এমন
যেমন মতো শুধু আছে ছিল নয় ধরে থেকে জন্য সে সঙ্গে সাথে ওপর উপর ছাড়া মাত্র কিছু কেউ কোনও কোন যেখানে
যারা যা একে অন্যের অন্য অন্যকে একই আরও খুব পারছে পারে পারি দিকে প্রতি মধ্যে আনতে এনে নমস্কার দয়া
অনুগ্রহ এভাবে তে টা এর কে है हैं हूँ था थी थे ना न नहीं को का की के से में पर और या तो भी ही वाला
वाली वाले रहा रही रहे ने लिए इस उस यह वह ये जो कि कर कोई कुछ ऐसा बहुत लेकिन जबकि साथ अपना अपने चुका
चुकी चुके नमस्ते कृपया सका सकते सकता बिना na ache achhe er e o ar theke dhore parche pare pari jonyo
kintu sob kichu kono keu tobu hai hain tha thi ka ki ke ko se mein me par aur bhi hi wala raha rahi
rahe nahi nahin liye kuch koi te ta ra hoon
"""
"""Words that tell nothing."""

ENGLISH_FILLERS = """
a an the of to in on at by is are was were be been being am has have had having do does did not nor
and or but if so as than that this these those which who whom whose it its for with from about into
over under up down out off only also very too just even all any some other another there then
because while though when where how why what can could may might will would shall should must cannot
ones made make makes put puts let yes sir madam hello thank thanks really always never nothing
nobody anything anybody already almost without within between both each more most
"""
"""Same; a text with many of them is English, and not Bengali or Hindi in Latin letters."""

NUMBERED = """
account application bill card class complaint connection crossing fir gate house id insurance lane meter
outlet pole receipt road school shop transformer
"""
"""Meanings of what is told apart by what is called its number."""

NUMBERED_ALONE = """
plot rights route ward
"""
"""Same; a number beside it is enough."""

BUILDINGS = """
bridge college culvert factory garden hospital nursing-home office police pond school tank
"""
"""Meanings of what is a landmark where something is said to stand beside it."""

OWN = """
account application bill card certificate compensation connection fee fir id ifsc instalment
insurance job kyc licence loan meter mutation name plot rights scholarship theft
"""
"""Meanings of what a citizen has alone."""

ONE_AT_A_TIME = """
bill connection meter pole powercut substation transformer voltage wire
ambulance bed blood dialysis doctor medicine nurse operation oxygen scan test ultrasound vaccine x-ray
cattle dog elephant mosquito snake
admission bench bicycle books meal roof shoes tablet teacher toilet uniform wall
drain encroachment garbage hawker manhole parking pothole signal speed-breaker surface
disability old-age widow
instalment list survey
drugs fraud gambling liquor missing murder noise rape theft
fare licence ticket
card fingerprint flour kerosene weight
bonus fund wages
certificate correction
compensation relief
"""
"""Meanings of which a row is complained of one at a time."""
