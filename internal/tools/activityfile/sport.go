package activityfile

import "strings"

// Family is a kind of sport with the same measurements. Two records of one activity are of the same family, whatever the
// devices call it.
type Family string

// The families.
const (
	Running     Family = "running"
	Walking     Family = "walking"
	Hiking      Family = "hiking"
	Cycling     Family = "cycling"
	Swimming    Family = "swimming"
	Rowing      Family = "rowing"
	Paddling    Family = "paddling"
	Skiing      Family = "skiing"
	Skating     Family = "skating"
	Climbing    Family = "climbing"
	Strength    Family = "strength"
	Interval    Family = "interval" // high intensity intervals
	Cardio      Family = "cardio"   // machines and classes
	Flexibility Family = "flexibility"
	Game        Family = "game" // with a ball, a racket or an opponent
	Transition  Family = "transition"
	MultiSport  Family = "multisport"
	Other       Family = "other"
)

// Sport is the kind of sport.
type Sport struct {
	Family Family
	// Name is what the device calls it, for example "cycling/indoor_cycling". "" is unknown.
	Name string
	// Virtual says that the positions are those of a game, not of the person.
	Virtual bool
}

// onFoot says that cadence counts steps and that nobody is faster than 100 km/h.
func (s Sport) onFoot() bool { return s.Family == Running || s.Family == Walking || s.Family == Hiking }

// families maps the words of FIT, TCX and of the programs that write GPX to families. Words are in the form that [word] returns.
var families = func() map[string]Family {
	m := map[string]Family{}
	for family, words := range map[Family]string{
		Running: `running run trail_running trailrun trail_run treadmill treadmill_running street trail track indoor_running
			ultra obstacle virtual_run virtualrun jogging 9`,
		Walking: "walking walk indoor_walking casual_walking speed_walking nordic_walking wheelchair_push_walk dog_walking",
		Hiking:  "hiking hike mountaineering snowshoeing rucking backpacking trekking",
		Cycling: `cycling bike biking ride e_biking ebikeride spin indoor_cycling road mountain downhill recumbent cyclocross
			hand_cycling track_cycling bmx gravel_cycling e_bike_fitness e_bike_mountain e_bike_enduro enduro mixed_surface
			commuting indoor_hand_cycling virtual_ride virtualride mountain_biking mountain_bike road_biking road_cycling
			gravel_ride cycling_sport 1`,
		Swimming: "swimming swim lap_swimming open_water pool_swimming pool_swim open_water_swimming openwaterswim",
		Rowing:   "rowing indoor_rowing",
		Paddling: `paddling kayaking canoeing rafting stand_up_paddleboarding stand_up_paddling standuppaddling sup
			whitewater`,
		Skiing: `cross_country_skiing alpine_skiing snowboarding skate_skiing indoor_skiing backcountry resort skiing ski
			alpineski backcountryski nordicski snowboard roller_skiing rollerski`,
		Skating:  "inline_skating ice_skating skating inlineskate iceskate",
		Climbing: "rock_climbing floor_climbing indoor_climbing bouldering climbing rockclimbing",
		Strength: "strength_training strength weighttraining weight_training",
		Interval: "hiit amrap emom tabata",
		Cardio: `fitness_equipment cardio_training elliptical stair_climbing jump_rope dance cardio stairstepper aerobics
			exercise workout training`,
		Flexibility: "flexibility_training yoga pilates mobility meditation breathing stretching",
		Game: `basketball soccer tennis american_football golf boxing baseball racket disc_golf team_sport cricket rugby hockey
			lacrosse volleyball mixed_martial_arts pickleball padel squash badminton racquetball table_tennis field ice ultimate
			football match`,
		Transition: "transition bike_to_run_transition run_to_bike_transition swim_to_bike_transition",
		MultiSport: "multisport triathlon duathlon brick swim_run swimrun adventure_race pool_triathlon",
		Other:      "other generic",
	} {
		for w := range strings.FieldsSeq(words) {
			m[w] = family
		}
	}
	return m
}()

// sportOf returns the sport of the names that a device gives, the general one first. A later name decides only where the
// earlier ones are vague: "fitness_equipment/treadmill" is running, "walking/trail" is walking.
func sportOf(names ...string) Sport {
	s := Sport{Family: Other}
	var given []string
	for _, name := range names {
		w := word(name)
		if w == "" || w == "generic" || strings.Contains(w, "invalid") {
			continue
		}
		given = append(given, w)
		if family, known := families[w]; known && (s.Family == Other || s.Family == Cardio) {
			s.Family = family
		}
		s.Virtual = s.Virtual || strings.Contains(w, "virtual") || w == "esport"
	}
	s.Name = strings.Join(given, "/")
	return s
}

// maxWord is longer than every name of a sport that is known.
const maxWord = 60

// word returns a name in lower case, with one underscore for everything between its letters and digits.
func word(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case b.Len() >= maxWord:
			return b.String()
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127:
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
	}
	return strings.TrimSuffix(b.String(), "_")
}
