"""What calls are about, and beside what it is."""

from __future__ import annotations

THINGS = """
water: jole জল পানি পানীয় पानी पीना पेयजल jol jal water drinking पानीय জলের পানীর paani panir joler
outlet: কল নলকূপ টিউবওয়েল চাপাকল ট্যাপ টাইমকল चापाकल हैंडपंप नलकूप नल kol tubewell tap handpump ট্যাপকল
  স্ট্যান্ডপোস্ট টিউকল টোঁটি टोंटी नलका standpost taps টাইমকলের bore borewell বোরওয়েল बोरिंग
well: কুয়ো কুয়া ইঁদারা कुआँ कुएँ well পাতকুয়ো পাতকুয়া
pipe: পাইপ পাইপলাইন पाइप पाइपलाइन pipe pipeline পাইপের
pump: পাম্প সাবমার্সিবল মোটর पंप मोटर pump submersible পাম্পহাউস पंपहाउस मोटरपंप
tank: ট্যাঙ্ক ট্যাংক ট্যাঙ্কি ট্যাংকি जलमीनार टंकी टैंक tank reservoir জলাধার ওভারহেড overhead
tanker: ট্যাঙ্কার ট্যাংকার टैंकर tanker
solar: সোলার সৌর सोलर solar
iron: আয়রন আর্সেনিক লালচে आयरन आर्सेनिक iron arsenic ফ্লোরাইড লবণাক্ত फ्लोराइड fluoride saline
road: রাস্তা রাস্তাঘাট সড়ক রোড सड़क रास्ता रोड road rasta street পথ সড়কপথ रस्ता মোরামরাস্তা roads highroad
  সরণি rastar rastay sadak
lane: গলি गली lane gali goli
surface: পিচ মোরাম ঢালাই কংক্রিট खड़ंजा ढलाई pitch concrete বিটুমেন পেভার अलकतरा डामर bitumen asphalt
pothole: গর্ত খানাখন্দ गड्ढा pothole গাড্ডা খানাখন্দে potholes pits pit
bridge: সেতু ব্রিজ সাঁকো पुल bridge ওভারব্রিজ ফুটব্রিজ footbridge
culvert: কালভার্ট पुलिया culvert
rail: রেলিং गार्डवाल रेलिंग railing guardwall
drain: নর্দমা ড্রেন নালা নালি নিকাশি नाली नाला ड्रेन जलनिकासी निकासी drain drainage sewer sewage পয়ঃপ্রণালী
  ড্রেনেজ हाइड्रेन नालियाँ hydrant drains gutter
manhole: ম্যানহোল ঢাকনা স্ল্যাব मैनहोल ढक्कन स्लैब manhole cover lid slab
garbage: জঞ্জাল আবর্জনা ময়লা ভ্যাট ডাস্টবিন कूड़ा कचरा garbage waste vat dustbin rubbish বর্জ্য আস্তাকুঁড়
  সাফাই गंदगीढेर सफाई dump dumping dumped trash sweeper sweeping conservancy ভাগাড় kooda kachra moyla
waterlogging: জলমগ্ন জলাবদ্ধতা जलजमाव जलभराव waterlogging waterlogged
electricity: বিদ্যুৎ কারেন্ট ইলেকট্রিক লাইট আলো বাতি পথবাতি बिजली लाइट बत्ती current electricity electric
  power light alo bijli বিদ্যুতের বিজলি বিজলী ইলেকট্রিসিটি স্ট্রিটলাইট बल्ब বাল্ব streetlight bulb lamp lamps
  lights wbsedcl cesc
voltage: ভোল্টেজ वोल्टेज voltage লোভোল্টেজ
transformer: ট্রান্সফর্মার ट्रांसफॉर्मर transformer
pole: খুঁটি পোল पोल खंभा खम्भा pole স্তম্ভ ল্যাম্পপোস্ট लैंपपोस्ट lamppost poles
wire: তার केबल तार wire cable tar বিদ্যুতবাহী হাইটেনশন लाइनतार wires cables
meter: মিটার मीटर meter
bill: বিল बिल bill বিলের bills
connection: কানেকশন সংযোগ कनेक्शन connection লাইনসংযোগ
powercut: লোডশেডিং लोडशेडिंग loadshedding powercut
fan: পাখা ফ্যান ফ্রিজ पंखा फ्रिज fan fridge
school: স্কুল হাইস্কুল বিদ্যালয় পাঠশালা মাদ্রাসা स्कूल विद्यालय मदरसा school madrasa ইস্কুল প্রাইমারিস্কুল
  শিশুশিক্ষা এসএসকে पाठशाला pathshala primaryschool schools iskul ishkul
anganwadi: অঙ্গনওয়াড়ি আইসিডিএস आंगनवाड़ी आंगनबाड़ी anganwadi icds বালওয়াড়ি शिशुकेंद्र
teacher: শিক্ষক শিক্ষিকা মাস্টার মাস্টারমশাই স্যার দিদিমণি शिक्षक शिक्षिका मास्टर teacher মাস্টারমশায়
  मास्टरजी teachers
lesson: অঙ্ক ইংরেজি বিজ্ঞান गणित विज्ञान अंग्रेजी maths science lesson ভূগোল ইতিহাস संस्कृत geography history
exam: পরীক্ষা परीक्षा इम्तिहान exam examination
meal: মিল ডিম ভাত খাবার খিচুড়ি रसोई भोजन खाना खिचड़ी meal egg food মিড মিডডে রান্না রাঁধুনি রান্নাঘর मिडडे
  मध्याह्न रसोइया midday cook cooked cooking kitchen ranna তরকারি
class: ক্লাস ক্লাসঘর कक्षा class classroom
building: বিল্ডিং ভবন भवन building
roof: ছাদ চাঙড় छत roof ceiling
wall: দেওয়াল পাঁচিল প্রাচীর दीवार चारदीवारी wall দেওয়ালের দেয়াল ইটগাঁথা গাঁথনি गाँथनी walls brickwork
  compound পাচিল
tablet: ট্যাব टैब टैबलेट tab tablet
bicycle: সাইকেল साइकिल cycle bicycle সবুজসাথীর
admission: ভর্তি दाखिला एडमिशन admission অ্যাডমিশন admissions admit admitted
college: কলেজ বিশ্ববিদ্যালয় कॉलेज विश्वविद्यालय college university institute
scholarship: বৃত্তি স্কলারশিপ छात्रवृत्ति स्कॉलरशिप scholarship stipend মেধাবৃত্তি ঐক্যশ্রী ওয়েসিস
  scholarships oasis aikyashree oikyoshree
fee: ফি ফিস फ़ीस fee
loan: লোন ঋণ लोन ऋण क़र्ज़ loan
hospital: হাসপাতাল স্বাস্থ্যকেন্দ্র উপস্বাস্থ্যকেন্দ্র সাবসেন্টার হেলথসেন্টার अस्पताल hospital subcentre হেলথ
  health phc হসপিটাল মেডিকেল মেডিক্যাল পিএইচসি বিপিএইচসি ক্লিনিক डिस्पेंसरी स्वास्थ्यकेंद्र उपकेंद्र clinic
  dispensary medical hospitals hashpatal aspatal
nursing-home: নার্সিংহোম নার্সিং नर्सिंगहोम नर्सिंग nursing প্রাইভেট प्राइवेट निजी private
doctor: ডাক্তার ডাক্তারবাবু চিকিৎসক डॉक्टर डाक्टर doctor চিকিৎসা ডাক্তারখানা সার্জন विशेषज्ञ इलाज चिकित्सक
  doctors physician specialist surgeon treatment gynaecologist
nurse: নার্স এএনএম नर्स एएनएम nurse anm আশা আশাকর্মী দিদিরা आशा सिस्टर nurses asha midwife
ambulance: অ্যাম্বুল্যান্স অ্যাম্বুলেন্স एम्बुलेंस एंबुलेंस ambulance
medicine: ওষুধ ঔষধ दवा दवाई medicine বড়ি ট্যাবলেট স্যালাইন ইনসুলিন दवाइयाँ इंसुलिन medicines drug insulin
  dawai oshudh
vaccine: টিকা ইনজেকশন ভ্যাকসিন सुई टीका इंजेक्शन vaccine injection প্রতিষেধক এআরভি টিকাকরণ टीकाकरण arv
  vaccination immunisation immunization injections
bed: বেড শয্যা बेड bed
dog: কুকুর জলাতঙ্ক कुत्ता रेबीज dog rabies পথকুকুর आवारा dogs stray
snake: সাপ साँप snake
elephant: হাতি हाथी elephant
mosquito: মশা ডেঙ্গু मच्छर डेंगू mosquito dengue
bite: কামড়ানো কামড়েছে কামড়ায় কামড় काटने bite bitten
machine: মেশিন যন্ত্র मशीन machine
x-ray: এক্সরে एक्सरे xray এক্স एक्स x
ultrasound: আলট্রাসাউন্ড ইউএসজি अल्ट्रासाउंड ultrasound usg
test: जाँच test টেস্ট প্যাথলজি ল্যাব পরীক্ষানিরীক্ষা टेस्ट लैब tests lab laboratory pathology
blood: রক্ত खून रक्त blood ব্লাড ब्लड থ্যালাসেমিয়া थैलेसीमिया thalassemia thalassaemia donor ডোনার
dialysis: ডায়ালিসিস डायलिसिस dialysis
operation: অপারেশন অস্ত্রোপচার ऑपरेशन operation surgery অস্ত্রোপচারের অপারেশনের operated
pregnancy: গর্ভবতী প্রসূতি পোয়াতি गर्भवती प्रसूता pregnant maternity delivery গর্ভবতীর প্রসব ডেলিভারি
  বাচ্চাপ্রসব पोयाती प्रसव डिलीवरी जच्चा childbirth gorbhoboti
fire: আগুন দমকল आग दमकल fire agun
ration: রেশন राशन ration রেশনের রেশনদোকান রেশনকার্ড राशनकार्ड rashon
dealer: ডিলার डीलर कोटेदार dealer ডিস্ট্রিবিউটর वितरक distributor fps
rice: চাল चावल chal rice চালের चावलों foodgrain খাদ্যশস্য খাদ্যসামগ্রী अनाज grain grains
flour: আটা গম आटा गेहूँ atta wheat flour
weight: ওজন কেজি কিলো वज़न किलो weight kilo kg
fingerprint: আঙুল আঙ্গুল ছাপ বায়োমেট্রিক अँगूठा उँगली बायोमेट्रिक निशान finger fingerprint biometric thumb
  আঙুলছাপ টিপছাপ পিওএস ইপিওএস epos pos fingerprints angutha anguthe angul অঙ্গুষ্ঠ
aadhaar: আধার आधार aadhaar adhar aadhar আধারকার্ড आधारकार्ड
card: কার্ড कार्ड card kard carder
pension: ভাতা পেনশন भत्ता पेंशन pension allowance bhata পেনসন ভাতার পেনশনের वृद्धापेंशन pensions
bhandar: ভাণ্ডার भंडार bhandar
widow: বিধবা विधवा widow
old-age: বার্ধক্য বৃদ্ধ বৃদ্ধা वृद्ध बुढ़ापा বয়স্ক প্রবীণ बुज़ुर्ग वृद्धा elderly senior
disability: প্রতিবন্ধী বিকলাঙ্গ दिव्यांग विकलांग disabled disability handicapped প্রতিবন্ধকতা
house: ঘর বাড়ি আবাস घर मकान आवास बाड़ी house housing home ghar bari বাড়ির ঘরের আবাসন গৃহ आवासयोजना houses
  awas makan
soil: মাটি मिट्टी soil mati
instalment: কিস্তি किस्त instalment installment কিস্তির ইনস্টলমেন্ট कि़स्त installments instalments tranche
list: তালিকা লিস্ট सूची लिस्ट list
survey: সার্ভে সমীক্ষা सर्वे survey
certificate: শংসাপত্র সার্টিফিকেট সনদ প্রমাণপত্র प्रमाणपत्र प्रमाण सर्टिफिकेट certificate সার্টিফিকেটের প্রমাণ
  certificates
caste: জাতি তপশিলি তফসিলি जाति caste sc st obc এসসি এসটি ওবিসি উপজাতি জনজাতি জাতিগত एससी एसटी ओबीसी जनजाति
  अनुसूचित tribe scheduled tribal
birth: জন্ম जन्म birth জন্মতারিখ
marriage: বিয়ে বিবাহ शादी विवाह marriage wedding biye
hearing: শুনানি सुनवाई hearing হিয়ারিং शुनवाई hearings
land: jomi জমি ভূমি ज़मीन भूमि land জমির ভিটে জায়গাজমি বাস্তু কৃষিজমি খাসজমি जमीन भूखंड plots homestead
  zameen jameen
mutation: মিউটেশন নামজারি दाखिलखारिज म्यूटेशन mutation কনভার্সন কনভার্শন রূপান্তর कन्वर्जन conversion
rights: পরচা খতিয়ান রেকর্ড পাট্টা বর্গা पर्चा खतियान रिकॉर्ड पट्टा ror khatian খতিয়ানের পরচার রেকর্ডের ल
  रिकार्ड porcha parcha
plot: দাগ दाग प्लॉट plot dag
boundary: সীমানা মাপজোক আমিন नापी अमीन सीमा boundary measurement মাপ মাপজোখ জরিপ আমিনের नापजोख सीमांकन
  demarcation surveyor map ম্যাপ
embankment: বাঁধ নদীবাঁধ तटबंध बाँध embankment নদীপাড় পাড় পাড়বাঁধ तट embankments riverbank dyke
river: নদী গঙ্গা नदी river খরস্রোতা নদীতে rivers
erosion: ধস ভাঙন ফাটল নদীভাঙন भूस्खलन कटाव दरार landslide slide erosion crack ভূমিধস পাড়ভাঙা खिसकना
  landslides eroded eroding boulders boulder বোল্ডার पत्थरगिरा
tide: জোয়ার কোটাল ज्वार tide
rain: বৃষ্টি বর্ষা बारिश बरसात rain barish brishti
flood: বন্যা প্লাবন बाढ़ flood
storm: ঝড় ঘূর্ণিঝড় শিলাবৃষ্টি आँधी तूफान ओला storm cyclone hail
relief: ত্রাণ ত্রিপল পুনর্বাসন राहत तिरपाल पुनर्वास relief tarpaulin rehabilitation পলিথিন ক্ষয়ক্ষতি ক্ষতি
  नुकसान नुक़सान polythene damage damages loss
compensation: ক্ষতিপূরণ मुआवज़ा compensation muawja muavza khotipuron
crop: ফসল ধান পাট আলু फ़सल धान आलू crop paddy potato jute ফসলের ভুট্টা সরষে বোরো আমন मक्का मकई गेहूँफसल धानखेत
  maize mustard crops harvest dhan fasal fosol khet
insurance: বিমা बीमा insurance ইনসিওরেন্স बीमाराशि
fertiliser: সার ইউরিয়া खाद यूरिया fertiliser fertilizer urea
irrigation: সেচ सिंचाई irrigation
bus: বাস बस bus মিনিবাস বাসের buses minibus
fare: ভাড়া किराया भाड़ा fare bhara ভাড়ার fares rates কনসেশন रियायत concession
route: রুট रूट route রুটের routes
ticket: টিকিট टिकट ticket
ferry: ফেরি ফেরিঘাট লঞ্চ নৌকা फेरी लॉन्च नाव ferry launch boat
licence: লাইসেন্স পারমিট लाइसेंस परमिट licence license permit
worker: শ্রমিক মজুর मज़दूर श्रमिक worker labour labourer mazdoor mazdooron sramik
wages: মজুরি বেতন মাইনে मज़दूरी वेतन हाज़िरी wage wages salary পারিশ্রমিক বকেয়ামজুরি पगार तनख्वाह वेतनमान
  salaries majuri tankhwah beton
bonus: বোনাস बोनस bonus
fund: পিএফ গ্র্যাচুইটি पीएफ pf gratuity
garden: বাগান बागान गार्डन garden চাবাগান गार्डेन estate
factory: কারখানা ইটভাটা ভাটা फ़ैक्टरी कारखाना ईंटभट्ठा factory kiln
job: জবকার্ড জব চাকরি जॉब नौकरी job employment কর্মশ্রী কাজের রোজগার रोज़गार mgnrega nrega
fir: এফআইআর জিডি एफआईआर fir gd কেস ডায়েরি ডায়রি केस मुक़दमा डायरी case diary
theft: চুরি ছিনতাই चोरी stolen theft চোর ছিনিয়ে চুরির छीन छिनतई चोर snatched snatching snatch thief thieves
  stole churi chori
vehicle: বাইক মোটরসাইকেল স্কুটার স্কুটি गाड़ी मोटरसाइकिल बाइक bike motorcycle scooter scooty মোটরবাইক গাড়ি
  বাইকের वाहन गाड़ियाँ car vehicles bikes motorcyclist gari gadi
toto: van টোটো অটো ভ্যান टोटो ऑटो वैन toto auto
liquor: মদ চোলাই शराब liquor alcohol মাতাল মদ্যপ মাতলামি शराबी दारू drunk drunkards drunken alcoholic daru
gambling: জুয়া সাট্টা जुआ सट्टा gambling
noise: মাইক ডিজে डीजे माइक dj noise loudspeaker সাউন্ডবক্স লাউডস্পিকার বক্স लाउडस्पीकर शोर loudspeakers sound
toilet: পায়খানা শৌচাগার শৌচালয় शौचालय toilet latrine পায়খানার ল্যাট্রিন बाथरूम toilets bathroom
bamboo: বাঁশ बाँस bamboo bansh
crowd: ভিড় भीड़ crowd crowded overcrowding
tree: গাছ पेड़ tree
sand: বালি बालू रेत sand বালু বালিখাদ रेता
truck: লরি ট্রাক ডাম্পার ट्रक डंपर lorry truck
encroachment: দখল জবরদখল कब्ज़ा क़ब्ज़ा encroachment encroached encroach বেদখল দখলদার अतिक्रमण घेर encroaching
  encroacher occupied occupying grabbed grabbing
parking: পার্কিং पार्किंग parking
debris: পাথর খোয়া मलबा पत्थर stone debris mud
pond: পুকুর तालाब pond পুকুরের ডোবা জলাশয় पोखर पोखरा जलाशय ponds talab pukur
bank: ব্যাঙ্ক ব্যাংক बैंक bank ব্যাংকের banks bankey
account: অ্যাকাউন্ট একাউন্ট খাতা পাসবই পাসবুক खाता अकाउंट पासबुक account passbook ব্যাঙ্কখাতা खाते accounts
ifsc: আইএফএসসি ifsc
kyc: কেওয়াইসি केवाईसी kyc কেওয়াইসির
portal: পোর্টাল সার্ভার पोर्टल सर्वर portal server
divider: ডিভাইডার डिवाइडर divider
speed-breaker: স্পিডব্রেকার বাম্প ब्रेकर breaker bump স্পিড হাম্প बंप स्पीडब्रेकर speed hump humps bumps
  breakers
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
heir: ওয়ারিশ পৈতৃক उत्तराधिकारी वारिस पैतृक heir ancestral warish waris oarish
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
mobile: মোবাইল मोबाइल mobile ফোনসেট মোবাইলফোন smartphone handset
dowry: পণ दहेज dowry
poison: বিষ ज़हर poison
spark: ফুলকি स्पार्क चिंगारी spark sparking
fuse: ফিউজ फ्यूज fuse
reading: রিডিং रीडिंग reading
hooking: হুকিং हुकिंग hooking
branch: ডাল डाली branch branches
substation: সাবস্টেশন सबस्टेशन substation feeder
uniform: পোশাক ইউনিফর্ম ড্রেস वर्दी यूनिफॉर्म uniform স্কুলড্রেস uniforms dress
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
procurement: মান্ডি मंडी procurement mandi বিক্রি বেচতে বেচা কেনাবেচা ধানকেনা बिक्री बेचना sale sell selling
  sold msp সহায়কমূল্য
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
library: লাইব্রেরি গ্রন্থাগার पुस्तकालय library গ্রন্থাগারিক
playground: খেলার खेल playground
tea: চা चाय tea
betel: পান পানের betel
vegetable: সবজি सब्जी vegetable vegetables
inspection: পরিদর্শন निरीक्षण inspection
transfer: বদলি ट्रांसफर transfer transferred
panel: প্যানেল पैनल panel
mud: কাদা কাদামাটি কর্দমাক্ত कीचड़ दलदल muddy slush kada keechad
consumer: গ্রাহক কনজিউমার কনজুমার उपभोक्ता कंज्यूमर consumer customer
cibil: সিবিল सिबिल cibil
guarantee: গ্যারান্টি गारंटी guarantee guarantor জামিনদার
gallstone: পিত্তথলি পিত্তপাথর गॉलब्लैडर पित्ताशय gallstone gallbladder
fracture: হাড় প্লাস্টার प्लास्टर हड्डी fracture plaster bone
stent: স্টেন্ট পেসমেকার স্টেন্টিং स्टेंट stent pacemaker angioplasty
seeding: সিডিং লিঙ্ক লিংক লিঙ্কিং যুক্ত सीडिंग लिंक seeding linked link linking
token: টোকেন टोकन token
godown: গোডাউন গুদাম गोदाम godown warehouse
photo: জিওট্যাগ জিও जियो जियोटैग geotag geotagging
income: আয় ইনকাম उपार्जन आय income
age: বয়স বয়সের उम्र आयु age boyos
neighbour: প্রতিবেশী পড়শি पड़ोसी neighbour neighbor neighbours padosi
saline: নোনা লোনা खारा salty
field-crop: খেত চাষ চাষি চাষী কৃষক কিষান खेत खेती किसान farm farmer farmers farming cultivation cultivator
forest: বন বনদফতর বনবিভাগ জঙ্গল जंगल वन forest jangal jongol
jeep: জিপ সুমো ট্রেকার ম্যাজিক टेम्पो जीप सूमो jeep jeeps sumo trekker cab taxi ট্যাক্সি टैक्सी
passenger: যাত্রী প্যাসেঞ্জার यात्री सवारी passenger passengers commuters
driving: ড্রাইভিং ड्राइविंग driving
purse: পার্স মানিব্যাগ ব্যাগ पर्स बैग purse bag wallet handbag gold গয়না
cyber: সাইবার साइबर cyber
construction: নির্মাণ নির্মাণকাজ প্রোমোটার বহুতল তলা निर्माण मंज़िल प्रोमोटर construction storey floor
  promoter multistorey unauthorised unauthorized built raising
vendor: ফেরিওয়ালা ঠেলা ठेलेवाला vendor vendors stall stalls
gate-level: রেলগেট লেভেল लेवल level
status: স্ট্যাটাস स्टेटस status
staff-quarter: কোয়ার্টার ক্বার্টার क्वार्टर quarter quarters
lab-seat: সিট সীট सीट seat seats
surname: পদবি টাইটেল উপাধি उपनाम surname spelling বানান स्पेलिंग
birthdate: জন্মতারিখের dob
group: গোষ্ঠী স্বনির্ভর দল समूह स्वयंसहायता shg group সমিতি সমবায় समिति cooperative society
health-dept: স্বাস্থ্য स्वास्थ्य swasthya
agriculture: কৃষি कृषि krishi agriculture agricultural agri
labour-dept: শ্রম श्रम shrom
form-fill: পূরণ
gas: গ্যাস गैस gas
lock: তালা তালাবন্ধ ताला lock locked
student-years: শ্রেণি বর্ষ শ্রেণির श्रेणी वर्ष standard
snake-serum: অ্যান্টিভেনম antivenom
crusher: ক্রাশার क्रशर crusher
letter: চিঠি चिट्ठी letter
permit-card: পরিচয়পত্র पहचानपत्र identity
"""
"""What it is about."""

LANDMARKS = """
station: স্টেশন स्टेशन station
stop: বাসস্ট্যান্ড স্ট্যান্ড স্টপেজ बसस्टैंड स्टैंड stand stop
crossing: মোড় চৌমাথা তেমাথা चौक मोड़ mor crossing junction মোড়ের চৌরাস্তা चौराहा
market: বাজার হাট হাটতলা बाज़ार हाट market bazar bazaar hat haat
temple: মন্দির শিবমন্দির কালীমন্দির দুর্গামণ্ডপ মণ্ডপ मंदिर temple mandir কালীবাড়ি মনসাতলা শিবতলা
mosque: মসজিদ ইদগাহ मस्जिद mosque masjid মাজার मज़ार
church: গির্জা चर्च church
gate: গেট गेट gate
ghat: ঘাট घाट ghat
club: ক্লাব क्लब club
field: মাঠ मैदान field ground math maidan
shop: দোকান दुकान shop store dokan dukan দোকানের
depot: ডিপো डिपो depot
petrol-pump: পেট্রোলপাম্প पेट्रोलपंप petrolpump
cinema: সিনেমা सिनेमा cinema
"""
"""Beside what it is."""
