package activities

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	openapi_types "github.com/oapi-codegen/runtime/types"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/energy"
	"github.com/ultimatecoach/api/internal/tools/etag"
)

// record is a row of public.activities. Its JSON names are the columns, in both directions: rows are read with to_jsonb and written with
// jsonb_populate_record. Members that only the database writes are marked so.
type record struct {
	ID        uuid.UUID          `json:"id"`
	ParentID  *uuid.UUID         `json:"parent_id"`
	LegIndex  *int               `json:"leg_index"`
	Name      *string            `json:"name"`
	Category  string             `json:"category"`
	Activity  *string            `json:"activity"`
	Family    *string            `json:"family"`
	StartedAt time.Time          `json:"started_at"`
	EndedAt   time.Time          `json:"ended_at"`
	LocalDate openapi_types.Date `json:"local_date"` // the database writes it
	Timezone  string             `json:"timezone"`
	Zone      string             `json:"zone_source"`
	ElapsedS  int                `json:"elapsed_s"`
	TimerS    int                `json:"timer_s"`
	MovingS   *int               `json:"moving_s"`
	RPE       *float64           `json:"rpe"`
	Notes     *string            `json:"notes"`
	Metrics   json.RawMessage    `json:"metrics,omitempty"`
	DistanceM *float64           `json:"distance_m"` // the database writes it
	AscentM   *float64           `json:"ascent_m"`   // the database writes it

	SourceKind      string  `json:"source_kind"`
	SourceApp       *string `json:"source_app"`
	SourceDevice    *string `json:"source_device"`
	ExternalID      *string `json:"external_id"`
	ExternalVersion *int64  `json:"external_version"`
	Recorded        string  `json:"recorded"`
	ContentSHA256   *string `json:"content_sha256"`

	UserKcal          *float64        `json:"user_kcal"`
	DeviceKcal        *float64        `json:"device_kcal"`
	DeviceRestingKcal *float64        `json:"device_resting_kcal"`
	Kcal              *float64        `json:"kcal"`
	KcalNet           *float64        `json:"kcal_net"`
	EnergySource      *string         `json:"energy_source"`
	MET               *float64        `json:"met"`
	METCode           *string         `json:"met_code"`
	METYear           *int            `json:"met_year"`
	EnergyMatch       *string         `json:"energy_match"`
	WeightKg          *float64        `json:"weight_kg"`
	EnergyExplanation []energy.Reason `json:"energy_explanation"`
	HeartRateZones    *heartRateZones `json:"heart_rate_zones"`
	Counting          string          `json:"counting"`

	// The database writes the rest.
	CountedShare float64               `json:"counted_share"`
	Overlapping  []api.ActivityOverlap `json:"overlapping"`

	Version   int32      `json:"version"`
	CreatedAt time.Time  `json:"created_at"`
	UpdatedAt time.Time  `json:"updated_at"`
	DeletedAt *time.Time `json:"deleted_at"`
	Legs      []record   `json:"legs"`

	Strength *api.StrengthSummary `json:"strength"`
}

// readRecord decodes a row; nil without one.
func readRecord(row []byte) (*record, error) {
	if row == nil {
		return nil, nil
	}
	var r record
	if err := json.Unmarshal(row, &r); err != nil {
		return nil, fmt.Errorf("decode an activity: %w", err)
	}
	return &r, nil
}

// columns encodes the row for the statements that write it.
func (r *record) columns() ([]byte, error) {
	written := *r
	written.Legs, written.Strength = nil, nil
	return json.Marshal(written)
}

// tag is the activity's ETag.
func (r *record) tag() *string { return new(etag.Of(r.Version)) }

// activity returns the row as the contract's Activity.
func (r *record) activity() (api.Activity, error) {
	a := api.Activity{
		ID: r.ID, ParentID: r.ParentID, LegIndex: r.LegIndex, Name: r.Name, Category: api.ActivityCategory(r.Category),
		StartedAt: r.StartedAt.UTC(), EndedAt: r.EndedAt.UTC(), LocalDate: r.LocalDate,
		Timezone: r.Timezone, ZoneSource: api.ZoneSource(r.Zone),
		ElapsedS: r.ElapsedS, TimerS: r.TimerS, MovingS: r.MovingS, DistanceM: r.DistanceM, AscentM: r.AscentM,
		Rpe: r.RPE, Notes: r.Notes, Source: r.source(), Activity: r.Activity, Energy: r.energy(), HeartRateZones: r.HeartRateZones.zones(),
		Counting: api.ActivityCounting(r.Counting), CountedShare: r.CountedShare, Overlaps: r.Overlapping,
		Strength:  r.Strength,
		CreatedAt: r.CreatedAt.UTC(), UpdatedAt: r.UpdatedAt.UTC(),
	}
	var err error
	if a.Metrics, err = metricsOf(r.Metrics); err != nil {
		return a, err
	}
	for _, leg := range r.Legs {
		metrics, err := metricsOf(leg.Metrics)
		if err != nil {
			return a, err
		}
		a.Legs = append(a.Legs, api.ActivityLeg{
			ID: leg.ID, LegIndex: *leg.LegIndex, Name: leg.Name, Category: api.ActivityCategory(leg.Category),
			StartedAt: leg.StartedAt.UTC(), ElapsedS: leg.ElapsedS, TimerS: leg.TimerS, DistanceM: leg.DistanceM, AscentM: leg.AscentM,
			Metrics: metrics, Energy: leg.energy(),
		})
	}
	sumLegs(&a)
	if a.Energy == nil {
		a.EnergyMissing = []api.EnergyInput{api.EnergyInput(energy.Weight)}
	}
	return a, nil
}

func (r *record) source() api.ActivitySource {
	return api.ActivitySource{
		Kind: api.ActivitySourceKind(r.SourceKind), App: r.SourceApp, Device: r.SourceDevice,
		ExternalID: r.ExternalID, ExternalVersion: r.ExternalVersion, Recorded: new(api.ActivityRecorded(r.Recorded)),
	}
}

// metricsOf returns the stored metrics as they were sent; nil when there are none.
func metricsOf(stored json.RawMessage) (m *api.ActivityMetrics, err error) {
	err = readMetrics(stored, &m)
	return m, err
}

// readMetrics decodes stored metrics. Without metrics it changes nothing.
func readMetrics(stored json.RawMessage, into any) error {
	if len(stored) == 0 || string(stored) == "null" {
		return nil
	}
	if err := json.Unmarshal(stored, into); err != nil {
		return fmt.Errorf("read metrics: %w", err)
	}
	return nil
}
