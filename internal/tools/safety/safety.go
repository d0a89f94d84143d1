// Package safety checks what a person writes to the coach before a language model reads it, and what a model wrote before the
// person reads it. It needs no model, no network and no database, so it also works when a provider is down.
//
// # Protocol
//
//  1. Check runs first, on every message. It knows phrases in their context in five languages, and the person's own data. Package
//     sense adds what a message means where no phrase of it is known.
//  2. A Finding says what follows. ActionReply: the reviewed text of Respond is the whole reply, and no model is called: signs of
//     suicide or self-harm, emergencies, signs of an eating disorder. ActionGuide: the reviewed text comes first; a model may
//     add what is harmless under the Finding's Limits.
//  3. Respond returns the reviewed text and the help lines of the person's country. A line is shown only when somebody
//     verified it within the last year; otherwise it is the local emergency number and a doctor.
//  4. CheckTarget is asked before targets are proposed, whoever proposes them. No wording changes its limit.
//  5. CheckReply, or a Stream while text arrives, checks every sentence of a model.
//
// Somebody else's trouble, a school paper, figures of speech ("this leg day is going to kill me") and the names of foods are
// replied to as usual. Each rule is a line of a table in rules/, with the cases in testdata/redteam.tsv as its test. A new rule
// needs a case that it must find and a similar harmless one that it must not.
package safety

import (
	"slices"
)

// Kind says what a message is about.
type Kind string

// The kinds, the most urgent first.
const (
	SelfHarm       Kind = "self_harm"
	EatingDisorder Kind = "eating_disorder"
	Medical        Kind = "medical"
	Minor          Kind = "minor"
	Medication     Kind = "medication"
	MinimumIntake  Kind = "minimum_intake"
	None           Kind = "none"
)

// Action says what follows from a finding.
type Action string

// The actions.
const (
	ActionNone  Action = "none"  // reply as usual, within the limits
	ActionGuide Action = "guide" // the reviewed text first; a model may add to it, within the limits
	ActionReply Action = "reply" // the reviewed text is the whole reply
)

// Limit is something that a reply to this person must not have.
type Limit string

// The limits.
const (
	NoDeficit    Limit = "no_deficit"    // no plan, target or proposal below what the person burns
	NoPraise     Limit = "no_praise"     // no praise of eating little or losing weight
	NoDose       Limit = "no_dose"       // no dose of a medicine
	NoSupplement Limit = "no_supplement" // no supplements
	NoAllergen   Limit = "no_allergen"   // none of the person's allergens
	NoLowTarget  Limit = "no_low_target" // no target under the person's least
)

// Signal is a fact about the person that matters for safety, from the profile, the diary or the message.
type Signal string

// The signals. The tables of rules use the same words.
const (
	SignalMinor       Signal = "minor"
	SignalPregnant    Signal = "pregnant"
	SignalCondition   Signal = "condition"
	SignalUnderweight Signal = "underweight"
	SignalLowIntake   Signal = "low_intake"
	SignalHistory     Signal = "eating_disorder_history"
	SignalAllergy     Signal = "allergy"
)

// Topics that code refers to; the others are only in the tables.
const (
	topicEmergency = "emergency"
	topicAllergy   = "allergy"
	topicGeneral   = "general"
)

// topics lists every kind and topic that a table may name, in the order of urgency, with what follows. The first one that
// matches is the finding.
var topics = []struct {
	kind   Kind
	topic  string
	action Action
	limits []Limit
}{
	{SelfHarm, "overdose", ActionReply, []Limit{NoDeficit, NoPraise, NoDose}},
	{SelfHarm, topicGeneral, ActionReply, []Limit{NoDeficit, NoPraise, NoDose}},
	{Medical, topicEmergency, ActionReply, []Limit{NoDeficit, NoDose}},
	{EatingDisorder, topicGeneral, ActionReply, []Limit{NoDeficit, NoPraise}},
	{Minor, topicGeneral, ActionGuide, []Limit{NoDeficit, NoSupplement, NoPraise}},
	{Medication, "anticoagulant", ActionGuide, []Limit{NoDose}},
	{Medication, topicGeneral, ActionGuide, []Limit{NoDose}},
	{Medical, "pregnancy", ActionGuide, []Limit{NoDeficit, NoDose}},
	{Medical, "condition", ActionGuide, []Limit{NoDeficit, NoDose}},
	{MinimumIntake, topicGeneral, ActionGuide, []Limit{NoLowTarget}},
	{Medical, topicAllergy, ActionGuide, []Limit{NoAllergen}},
}

// combinations are a signal and a request of the tables that make a finding only together.
var combinations = []struct {
	signal  Signal
	request string
	kind    Kind
	topic   string
	// inMessage is true when the profile alone is not enough: whoever has diabetes may ask for pizza without a referral each time.
	inMessage bool
}{
	{SignalUnderweight, "restrict", EatingDisorder, topicGeneral, false},
	{SignalLowIntake, "restrict", EatingDisorder, topicGeneral, false},
	{SignalHistory, "restrict", EatingDisorder, topicGeneral, false},
	{SignalMinor, "restrict", Minor, topicGeneral, false},
	{SignalMinor, "supplement", Minor, topicGeneral, false},
	{SignalPregnant, "restrict", Medical, "pregnancy", false},
	{SignalPregnant, "advice", Medical, "pregnancy", true},
	{SignalPregnant, "supplement", Medical, "pregnancy", false},
	{SignalCondition, "restrict", Medical, "condition", false},
	{SignalCondition, "advice", Medical, "condition", true},
	{SignalCondition, "supplement", Medical, "condition", false},
}

// signalLimits are the limits that a signal brings, whatever the message says.
var signalLimits = map[Signal][]Limit{
	SignalMinor:       {NoDeficit, NoSupplement},
	SignalPregnant:    {NoDeficit},
	SignalCondition:   nil,
	SignalUnderweight: {NoDeficit, NoPraise},
	SignalLowIntake:   {NoDeficit, NoPraise},
	SignalHistory:     {NoDeficit, NoPraise},
	SignalAllergy:     {NoAllergen},
}

// validTopic reports whether a table may have a rule of this kind and topic.
func validTopic(kind, topic string) bool {
	switch kind {
	case "signal":
		_, ok := signalLimits[Signal(topic)]
		return ok
	case "reply":
		return topic == recordTopic || slices.ContainsFunc(replyTopics, func(t replyTopic) bool { return t.name == topic })
	case "request":
		return topic == "restrict" || topic == "supplement" || topic == "advice" || topic == "suggest"
	}
	return rank(Kind(kind), topic) < len(topics)
}

// rank returns the index of a topic in topics, or its length.
func rank(kind Kind, topic string) int {
	for i, t := range topics {
		if t.kind == kind && t.topic == topic {
			return i
		}
	}
	return len(topics)
}

// Input is a message and who wrote it.
type Input struct {
	Text string
	// Language is the tag of the profile's language (BCP 47). It decides between languages that match alike.
	Language string
	Person   Person
}

// Finding is what Check found.
type Finding struct {
	Kind   Kind
	Topic  string
	Action Action
	// Language is the language of the words that matched, or the profile's: the one to reply in.
	Language string
	// Rule names the line of the table, for logs and counts. It has no words of the person.
	Rule string
	// Limits hold for the reply even when Kind is None.
	Limits []Limit
	// Signals are what the person's data and message say about the person. A reply may mention what the person told.
	Signals []Signal
	// Allergens are the person's allergies that the message names.
	Allergens []string
}

// Check returns what is special about a message, with Kind None for most. A usual message takes about 0.2 ms of processor
// time; the time is linear in the length of the text.
func Check(in Input) Finding {
	return check(in, newText(in.Text, in.Person.floor()))
}

func check(in Input, t *text) Finding {
	language := DetectLanguage(in.Text, in.Language)
	f := Finding{Kind: None, Action: ActionNone, Language: language}
	var said []Signal // by the message
	requests := map[string]request{}
	best := len(topics)
	for i := range tables {
		tb := &tables[i]
		for j := range tb.rules {
			r := &tb.rules[j]
			r.apply(tb, t, &f, &best, language, &said, requests)
		}
	}
	signals := in.Person.signals()
	for _, s := range said {
		if !slices.Contains(signals, s) {
			signals = append(signals, s)
		}
	}
	for _, c := range combinations {
		asked, ok := requests[c.request]
		if at := rank(c.kind, c.topic); ok && at < best && slices.Contains(signals, c.signal) &&
			(!c.inMessage || slices.Contains(said, c.signal)) {
			best, f.Language, f.Rule = at, asked.language, asked.rule+"+"+string(c.signal)
		}
	}
	f.Allergens = in.Person.allergensIn(t)
	if asked, ok := requests["suggest"]; ok && len(f.Allergens) > 0 {
		if at := rank(Medical, topicAllergy); at < best {
			best, f.Language, f.Rule = at, asked.language, asked.rule+"+"+string(SignalAllergy)
		}
	}
	f.Signals = signals
	if best < len(topics) {
		f.Kind, f.Topic, f.Action = topics[best].kind, topics[best].topic, topics[best].action
		f.addLimits(topics[best].limits)
	}
	for _, s := range signals {
		f.addLimits(signalLimits[s])
	}
	return f
}

func (f *Finding) addLimits(limits []Limit) {
	for _, l := range limits {
		if !slices.Contains(f.Limits, l) {
			f.Limits = append(f.Limits, l)
		}
	}
}

// RuleMeaning is the rule of findings that no phrase decided.
const RuleMeaning = "meaning"

// ByMeaning returns a finding of what no rule knows a phrase of, with what follows from its kind and topic.
func (f Finding) ByMeaning(kind Kind, topic string) Finding {
	t := topics[rank(kind, topic)]
	f.Kind, f.Topic, f.Action, f.Rule = t.kind, t.topic, t.action, RuleMeaning
	f.Limits = slices.Clone(f.Limits)
	f.addLimits(t.limits)
	return f
}

// request is something that the message asks for.
type request struct{ language, rule string }

// apply writes what the rule found. Among rules of one topic, the first match counts, unless a later one is in the language
// of the message.
func (r *rule) apply(
	tb *table, t *text, f *Finding, best *int, language string, said *[]Signal, requests map[string]request,
) {
	switch r.kind {
	case "signal":
		if s := Signal(r.topic); !slices.Contains(*said, s) && r.match(tb, t) {
			*said = append(*said, s)
		}
	case "request":
		if _, ok := requests[r.topic]; (!ok || tb.language == language) && r.match(tb, t) {
			requests[r.topic] = request{tb.language, r.id}
		}
	default:
		at := rank(Kind(r.kind), r.topic)
		if (at < *best || at == *best && tb.language == language && f.Language != language) && r.match(tb, t) {
			*best, f.Language, f.Rule = at, tb.language, r.id
		}
	}
}
