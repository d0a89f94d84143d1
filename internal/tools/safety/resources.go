package safety

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"
)

// Purpose says what a help line is for.
type Purpose string

// The purposes.
const (
	ForEmergency      Purpose = "emergency"
	ForCrisis         Purpose = "crisis"
	ForEatingDisorder Purpose = "eating_disorder"
	ForDoctor         Purpose = "doctor"
)

// Resource is somebody to turn to. Phone is empty where no number is verified; then Name alone is shown.
type Resource struct {
	Purpose Purpose
	Name    string
	Phone   string
}

// verifiedFor is how long a checked number counts as verified.
const verifiedFor = 365 * 24 * time.Hour

// helpLine is a line of resources.tsv. A line without verified_at was found, but its sources disagree or are missing.
type helpLine struct {
	purpose    Purpose
	regions    []string
	name       string
	phone      string
	verifiedAt time.Time // zero: not verified
	source     string
}

var (
	//go:embed resources.tsv
	resourceTable string
	//go:embed zones.tsv
	zoneTable string

	helpLines   = parseHelpLines(resourceTable)
	zoneRegions = parseZones(zoneTable)
)

func parseHelpLines(source string) []helpLine {
	var lines []helpLine
	for line := range strings.SplitSeq(strings.Trim(source, "\n"), "\n") {
		cells := strings.Split(line, "\t")
		if cells[0] == "purpose" {
			continue
		}
		if len(cells) != 6 {
			panic(fmt.Sprintf("resources.tsv: %d columns in %q", len(cells), line))
		}
		h := helpLine{
			purpose: Purpose(cells[0]), regions: strings.Fields(cells[1]), name: cells[2], phone: cells[3], source: cells[5],
		}
		if cells[4] != "" {
			at, err := time.Parse(time.DateOnly, cells[4])
			if err != nil {
				panic(fmt.Errorf("resources.tsv: %w", err))
			}
			h.verifiedAt = at
		}
		lines = append(lines, h)
	}
	return lines
}

// parseZones reads the time zones of the countries that have help lines, from zone.tab of the IANA database.
func parseZones(source string) map[string]string {
	regions := map[string]string{}
	for line := range strings.SplitSeq(strings.Trim(source, "\n"), "\n") {
		if zone, region, ok := strings.Cut(line, "\t"); ok && zone != "zone" {
			regions[zone] = region
		}
	}
	return regions
}

// Region returns the country of a person (ISO 3166, two letters): the region of the language tag ("de-AT"), else that of the
// time zone, else "". A language alone names no country.
func Region(languageTag, zone string) string {
	if tag, err := language.Parse(languageTag); err == nil {
		if region, confidence := tag.Region(); confidence == language.Exact {
			return region.String()
		}
	}
	return zoneRegions[zone]
}

// verified returns the help line of a country for a purpose, when it is verified at that moment.
func verified(purpose Purpose, region string, now time.Time) (helpLine, bool) {
	for _, h := range helpLines {
		if h.purpose == purpose && slices.Contains(h.regions, region) &&
			now.Before(h.verifiedAt.Add(verifiedFor)) {
			return h, true
		}
	}
	return helpLine{}, false
}

// Resources returns whom a person in this country can turn to for a finding, the most urgent first. Where no verified line
// exists it says so in words: the local emergency number, a doctor.
func Resources(f Finding, region string, now time.Time) []Resource {
	words := phrases[f.replyLanguage()]
	var list []Resource
	add := func(purpose Purpose, fallback string) {
		h, ok := verified(purpose, region, now)
		switch {
		case ok && h.name == "":
			list = append(list, Resource{purpose, words.emergency, h.phone})
		case ok:
			list = append(list, Resource{purpose, h.name, h.phone})
		case fallback != "":
			list = append(list, Resource{purpose, fallback, ""})
		}
	}
	switch {
	case f.Kind == SelfHarm && f.Topic == topicGeneral:
		add(ForCrisis, words.trustedPerson)
		add(ForEmergency, words.localEmergency)
	case f.Kind == SelfHarm:
		add(ForEmergency, words.localEmergency)
		add(ForCrisis, "")
	case f.Kind == Medical && f.Topic == topicEmergency:
		add(ForEmergency, words.localEmergency)
	case f.Kind == EatingDisorder:
		add(ForEatingDisorder, words.eatingDisorderDoctor)
		add(ForCrisis, "")
	case f.Kind == Medical && f.Topic == topicAllergy, f.Kind == None:
	default:
		add(ForDoctor, words.doctor)
	}
	return list
}
