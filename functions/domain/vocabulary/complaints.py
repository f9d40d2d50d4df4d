"""What is complained of in each line of work, so that two problems of one thing are told apart."""

from __future__ import annotations

COMPLAINTS = """
water-none: water outlet well pipe pump tank tanker solar panel spring & lacking closed dry undone broken
  burnt theft handle
water-foul: water outlet well pipe tank & dirty iron saline sick dead
water-weak: water outlet pipe & pressure less
water-leaks: pipe outlet water & leaking overflowing
water-new: outlet connection pipe & want application new
water-billed: water & bill money-asked
road-bad: road lane surface & pothole mud broken unmade debris collapsed leaking erosion
road-work: road lane surface culvert bridge & undone unmade work
road-poor: road surface & poor less
bridge-bad: bridge culvert rail & broken collapsed leaking erosion rail leaning pothole
road-taken: road lane footpath station market crossing & encroachment vendor parking sand toto
way-closed: road lane & closed wall fence
road-dark: road lane bridge crossing quarter electricity & dark pole
lamp-out: electricity pole & road lane quarter ward dark crossing
road-crossed: road school highway crossing & speed-breaker divider signal
road-trucks: road embankment river bridge & truck sand
road-slide: road highway & erosion debris
drain-choked: drain waterlogging road rain quarter house lane & waterlogging choked overflowing
drain-open: manhole & manhole
drain-wanted: drain & lacking undone want unmade
garbage-left: garbage & garbage
toilet-bad: toilet & lacking broken closed dirty
mosquitoes: mosquito spraying & sick spraying water garbage drain become increase lacking undone
dogs: dog & bite want catch fear increase children
cattle: cattle & road market crop
trees: tree branch & fallen road electricity wire house leaning
building-illegal: construction building house & illegal construction building-plan
power-out: electricity transformer wire powercut substation fuse & lacking closed powercut burnt dark broken
  undone
power-weak: electricity voltage transformer & voltage fan less
wire-down: wire pole & fallen leaning collapsed leaking dangerous broken poor old
power-sparks: transformer wire pole electricity & spark fire
power-bill: bill meter reading & bill more wrong reading money
meter-bad: meter & burnt broken closed fire
power-new: connection meter electricity & application consumer connection money
power-stolen: hooking & hooking
rations-short: ration rice flour dealer weight sugar kerosene & less weight struck-off
rations-bad: ration rice flour & poor dirty
rations-refused: ration rice flour dealer card & fingerprint seeding aadhaar inactive refused
rations-closed: ration shop dealer & closed open stand full
rations-doorstep: ration dealer & vehicle far
rations-part: flour sugar kerosene & lacking supply
rations-charged: ration dealer card & money-asked more
card-new: ration card & application new
card-wrong: ration card & wrong correction surname birthdate
card-names: ration card & struck-off
doctor-none: doctor nurse & lacking absent
medicine-none: medicine & lacking supply fund-out outside procurement
vaccine-none: vaccine dog snake & lacking outside procurement refused
machine-down: machine x-ray ultrasound test scan dialysis & broken closed undone
ambulance-none: ambulance & lacking vehicle toto tractor money-asked phone
blood-none: blood & lacking refused
blood-charged: blood & money-asked
bed-none: bed admission hospital & bed referral
births: pregnancy & undone refused nurse referral doctor
hospital-dirty: hospital toilet & dirty water garbage
hospital-charged: hospital doctor nurse medicine vaccine operation & money-asked
hospital-closed: hospital & closed open
hospital-rude: hospital doctor nurse & rude
treatment-refused: hospital nursing-home operation package swasthya-sathi & cash money-asked refused not-take
  package
card-holder: card & name struck-off
card-lost: card certificate & lost
teacher-none: teacher lesson class & lacking transfer
meal-none: meal & closed undone lacking
meal-bad: meal & poor less dirty
meal-cook: meal & wages worker
school-roof: school anganwadi class & roof wall building fallen collapsed leaking
school-water: school anganwadi & water outlet toilet electricity fan
school-things: uniform books shoes bicycle bench tablet & lacking come undone get give poor broken
admission-none: admission school college & lab-seat refused money-asked
fees-charged: school college & fee
marks: exam marksheet result & school college wrong lacking
benefit-stopped: pension bhandar widow old-age disability money & lacking closed inactive failed
benefit-pending: application & pending sanctioned quota lacking undone
benefit-less: pension bhandar money & less increase
benefit-elsewhere: money & other account
benefit-rejected: application & rejected wrong
bank-papers: bank account & kyc ifsc inactive seeding aadhaar
life-proof: life-certificate & life-certificate dead
grant-listed: house list & list struck-off biased
grant-survey: house & survey
grant-instalment: house instalment & instalment photo lintel foundation wall
grant-charged: house instalment & money-asked
grant-denied: house & other biased
loan-refused: loan college & cibil guarantee refused rejected closed
loan-unpaid: loan bank & fee semester sanctioned
scholarship-pending: scholarship application college school & verified portal pending status
scholarship-rejected: scholarship application & rejected
scholarship-unpaid: scholarship & lacking
certificate-pending: certificate caste birth income & pending application keep lacking report
certificate-rejected: certificate caste & rejected papers hearing
certificate-wrong: certificate name birth & wrong correction surname birthdate
mutation-pending: mutation hearing & pending hearing keep lacking undone heir application
rights-wrong: rights land plot & wrong correction other pond name
rights-copy: rights & portal money-asked lacking papers
land-measured: boundary land & boundary undone
land-taken: land house plot & encroachment neighbour wall fence construction
land-sold: land deed & fraud
land-paid: acquisition land & compensation
crop-insured: insurance crop & insurance
crop-sold: procurement crop & procurement token godown
crop-paid: procurement crop & bill money
crop-eaten: crop house & elephant cattle
seed-bad: seed fertiliser & poor more lacking supply
irrigation-none: irrigation canal crop field-crop & lacking dry undone water
embankment-broken: embankment river & broken collapsed leaking erosion
flooded: flood water rain river & flood collapsed
river-eats: river erosion & erosion move house land road
storm-housed: storm fire flood & house roof thatch
storm-cropped: storm flood rain & crop betel field-crop
relief-none: relief & lacking biased
relief-paid: compensation & list lacking application
bus-none: bus ferry route jeep train & lacking closed undone when less increase
bus-dear: bus jeep toto ferry driver ticket passenger & fare more
bus-full: bus ferry jeep & crowd passenger
bus-rude: bus conductor driver & rude refused
ticket-bad: ticket & office money more
licence-late: licence driving registration & lacking pending come
licence-wrong: licence driving registration & wrong correction
wages-due: wages worker garden job & lacking arrears closed wages
bonus-due: bonus & bonus
fund-due: fund & fund
factory-closed: factory garden & closed
quarters-bad: staff-quarter garden & leaking roof repair thatch
work-none: job work & lacking card
worker-grant: worker job & marriage dead sick injured pregnancy
theft-unwritten: theft robbery purse mobile vehicle & fir police theft
fraud-cyber: fraud cyber & account money phone
drunkards: liquor & liquor
gambling-den: gambling & gambling
loudness: noise & noise
women-harmed: rape dowry threat & rape dowry husband
beaten: threat & police neighbour fir
missing-person: missing & missing
bribe: office application staff & money-asked
phone-net: tower internet & lacking undone
anganwadi-house: anganwadi & house tree
death-benefit: application & dead
benefit-of-the-dead: pension bhandar & dead
drain-none: road lane quarter house & drain
embankment-cut: embankment river & soil sand struck-off
benefit-cut: pension bhandar bank & struck-off money-asked
pump-off: pump drain & rain waterlogging flood
crop-taken: crop tree & police fir struck-off
pipe-dug: pipe & pothole broken road
"""
"""A complaint, and the meanings that tell it: one before the sign, and one behind it."""
