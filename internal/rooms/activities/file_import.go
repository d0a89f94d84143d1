package activities

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/klauspost/compress/zstd"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/activityfile"
	"github.com/ultimatecoach/api/internal/tools/optional"
	"github.com/ultimatecoach/api/internal/tools/room"
	"github.com/ultimatecoach/api/internal/tools/streams"
	"github.com/ultimatecoach/api/internal/tools/validation"
	"github.com/ultimatecoach/api/internal/tools/zone"
)

// ImportActivity stores the activities of a file, or the file itself for a worker.
func (h *Handlers) ImportActivity(ctx context.Context, r api.ImportActivityRequestObject) (api.ImportActivityResponseObject, error) {
	sent, o := room.FileFrom(ctx), optionsOf(ctx, r.Params)
	body := bufio.NewReader(r.Body)
	if prefersAsync(r.Params.Prefer) || isLarge(sent.Bytes, body) {
		task, err := h.queueImport(ctx, uuid.New(), body, sent.Bytes, o)
		if err != nil {
			return nil, err
		}
		return api.ImportActivity202JSONResponse(task), nil
	}
	file, err := readFile(ctx, body, o, h.now())
	if err != nil {
		return nil, err
	}
	created, err := h.importFile(ctx, file, importIDs{})
	if err != nil {
		return nil, err
	}
	if created {
		logImported(ctx, file)
		return api.ImportActivity201JSONResponse(file.response), nil
	}
	return api.ImportActivity200JSONResponse(file.response), nil
}

func logImported(ctx context.Context, f *uploadedFile) {
	slog.InfoContext(
		ctx, "activities_imported",
		"import_id", f.response.ID, "format", f.result.Format, "activities", len(f.found), "bytes", f.size,
	)
}

// importOptions say how a file is to be read and stored. They are stored with a file that waits for a worker.
type importOptions struct {
	DryRun         bool                `json:"dry_run,omitempty"`
	AllowDamaged   bool                `json:"allow_damaged,omitempty"`
	StartedAt      time.Time           `json:"started_at,omitzero"`
	PrivacyRadiusM int                 `json:"privacy_radius_m,omitempty"`
	Named          activityfile.Format `json:"named,omitempty"`
}

func optionsOf(ctx context.Context, p api.ImportActivityParams) importOptions {
	return importOptions{
		DryRun: optional.OrZero(p.DryRun), AllowDamaged: optional.OrZero(p.AllowDamaged), StartedAt: optional.OrZero(p.StartedAt),
		PrivacyRadiusM: optional.OrZero(p.PrivacyRadiusM), Named: formatOf(room.FileFrom(ctx)),
	}
}

// uploadedFile is a file that was read, and the response to its import.
type uploadedFile struct {
	result        activityfile.Result
	source        fileSource
	size          int64
	packed        []byte
	dryRun        bool
	privacyRadius int
	found         []foundActivity
	response      api.ActivityImport
}

// foundActivity is an activity of the file with the rows that store it.
type foundActivity struct {
	activity *activityfile.Activity
	place    string // zone of the positions; "" is unknown
	whole    *record
	legs     []*record
}

// importIDs are ids that what is imported gets: of an import in the background, and of the demo data. Those that are zero are new ones.
type importIDs struct{ file, activity uuid.UUID }

// packWindow is the memory that compressing the raw file takes, once or twice.
const packWindow = 1 << 20

func newPacker(to io.Writer) (*zstd.Encoder, error) {
	packer, err := zstd.NewWriter(to, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(packWindow))
	if err != nil {
		return nil, fmt.Errorf("compress a file: %w", err)
	}
	return packer, nil
}

// readFile reads a file once: it is parsed, hashed and compressed in one go. It needs no connection to the database. The hash is that of the
// unpacked file, which is the same recording.
func readFile(ctx context.Context, body io.Reader, o importOptions, now time.Time) (*uploadedFile, error) {
	var packed bytes.Buffer
	packer, err := newPacker(&packed)
	if err != nil {
		return nil, err
	}
	hash, size := sha256.New(), &counter{}
	copied := io.TeeReader(body, io.MultiWriter(packer, size))
	options := activityfile.Options{AllowDamaged: o.AllowDamaged, StartedAt: o.StartedAt, Named: o.Named, Unpacked: hash}
	options.Earliest, options.Latest = validation.Moments(now)
	result, err := activityfile.Read(ctx, copied, options)
	if refused, ok := errors.AsType[*activityfile.Error](err); ok {
		return nil, fileProblem(refused)
	}
	if err != nil {
		return nil, err
	}
	if _, err := io.Copy(io.Discard, copied); err != nil { // what a damaged file has after the damage
		return nil, fmt.Errorf("read a file: %w", err)
	}
	if err := packer.Close(); err != nil {
		return nil, fmt.Errorf("compress a file: %w", err)
	}
	f := &uploadedFile{
		result: result, size: size.n, packed: packed.Bytes(),
		source: fileSource{hash.Sum(nil), result.Device, result.ExternalID, len(result.Activities)},
		dryRun: o.DryRun, privacyRadius: o.PrivacyRadiusM,
	}
	f.response = api.ActivityImport{
		DryRun: f.dryRun, Format: api.FileFormat(result.Format), Damaged: result.Damage != nil,
		Activities: []api.ImportedActivity{}, Warnings: []api.ImportWarning{},
	}
	f.response.Device = optional.NonEmpty(result.Device)
	for _, w := range result.Warnings {
		f.response.Warnings = append(f.response.Warnings, api.ImportWarning{Code: w.Code, Message: w.Message})
	}
	return f, f.makeRecords()
}

// mediaTypes are the media types of the formats, with and without a registration.
var mediaTypes = map[string]activityfile.Format{
	"application/gpx+xml":            activityfile.GPX,
	"application/vnd.ant.fit":        activityfile.FIT,
	"application/fit":                activityfile.FIT,
	"application/vnd.garmin.tcx+xml": activityfile.TCX,
	"application/tcx+xml":            activityfile.TCX,
}

// formatOf returns the format that the sender says a file has, "" where it is unknown.
func formatOf(f room.File) activityfile.Format {
	return cmp.Or(activityfile.FormatNamed(f.Name), mediaTypes[strings.ToLower(f.Type)])
}

type counter struct{ n int64 }

func (c *counter) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return len(p), nil
}

// makeRecords makes the rows of each activity and of its legs.
func (f *uploadedFile) makeRecords() error {
	anyCut, partsCut := false, false
	for i := range f.result.Activities {
		a := &f.result.Activities[i]
		whole, cut, err := fileRecord(a, f.source)
		if err != nil {
			return err
		}
		whole.ExternalID = f.source.id(i)
		found := foundActivity{activity: a, place: placeOf(a), whole: whole}
		partsCut = partsCut || hasTooManyParts(a)
		if cut {
			a.Legs = slices.DeleteFunc(a.Legs, func(leg activityfile.Activity) bool { return !leg.StartedAt.Before(whole.EndedAt) })
		}
		for j := range a.Legs {
			leg, cutLeg, err := fileRecord(&a.Legs[j], f.source)
			if err != nil {
				return err
			}
			leg.ParentID, leg.LegIndex = &whole.ID, &j
			found.legs = append(found.legs, leg)
			leg.cutTo(whole.EndedAt)
			cut = cut || cutLeg
			partsCut = partsCut || hasTooManyParts(&a.Legs[j])
		}
		anyCut = anyCut || cut
		f.found = append(f.found, found)
	}
	if anyCut {
		f.response.Warnings = append(f.response.Warnings, api.ImportWarning{
			Code: "time_cut", Message: "An activity has at most 24 hours without pauses and 31 days in all; the rest is not counted.",
		})
	}
	if partsCut {
		f.response.Warnings = append(f.response.Warnings, api.ImportWarning{
			Code:    "parts_cut",
			Message: "An activity has at most 500 laps, 1000 lengths and 40 exercises with 30 sets; the rest is not stored.",
		})
	}
	return nil
}

// importFile stores what is new in the file, unless it is a dry run, and fills in the response. It reports whether anything was stored.
func (h *Handlers) importFile(ctx context.Context, f *uploadedFile, ids importIDs) (created bool, err error) {
	var fields validation.Errors
	for _, found := range f.found {
		fields.Moment("started_at", &found.whole.StartedAt, h.now())
	}
	if err := fields.Err(); err != nil {
		return false, err
	}
	err = h.db.Tx(ctx, func(ctx context.Context) error {
		f.response.Activities = []api.ImportedActivity{} // a transaction that failed before has filled it
		in, err := h.inputs(ctx, inputsOf{startedAt: &f.found[0].whole.StartedAt})
		if err != nil {
			return err
		}
		existing, err := h.findImported(ctx, f)
		if err != nil {
			return err
		}
		for i := range f.found {
			if err := f.complete(i, in); err != nil {
				return err
			}
			if err := f.describe(i, existing); err != nil {
				return err
			}
		}
		if f.dryRun {
			return nil
		}
		if created = slices.ContainsFunc(f.response.Activities, isNew); created {
			return h.storeFile(ctx, f, in, ids)
		}
		return h.nameImport(ctx, f)
	})
	return created, err
}

func isNew(a api.ImportedActivity) bool { return a.Status == api.ImportStatusNew }

// findImported returns activities that are the same as one of the file, or may be.
func (h *Handlers) findImported(ctx context.Context, f *uploadedFile) ([]queries.FindImportedRow, error) {
	p := queries.FindImportedParams{
		UserID: db.IdentityFrom(ctx).UserID, ContentSha256: f.source.sha256, ExternalIds: []string{},
		Source: string(api.ActivitySourceKindFile), FromTime: f.found[0].whole.StartedAt,
	}
	for _, found := range f.found {
		if id := found.whole.ExternalID; id != nil {
			p.ExternalIds = append(p.ExternalIds, *id)
		}
		p.ToTime = later(p.ToTime, found.whole.EndedAt)
	}
	p.EarliestStart = p.FromTime.Add(-maxElapsed * time.Second)
	return h.db.FindImported(ctx, p)
}

// complete gives the rows of the activity with this index their zone and energy, and the family by which records are compared.
func (f *uploadedFile) complete(i int, in *inputs) error {
	found := f.found[i]
	name, source := zoneOf(found.activity, found.place, in.Timezone)
	for j, row := range append([]*record{found.whole}, found.legs...) {
		row.Timezone, row.Zone = name, string(source)
		if err := row.complete(in); err != nil {
			return err
		}
		a := found.activity
		if j > 0 {
			a = &a.Legs[j-1]
		}
		row.addZoneSeconds(a)
	}
	return nil
}

// describe adds the activity with this index to the response.
func (f *uploadedFile) describe(i int, existing []queries.FindImportedRow) error {
	a, r := f.found[i].activity, f.found[i].whole
	location, err := zone.Load(r.Timezone)
	if err != nil {
		return fmt.Errorf("load the zone of a file: %w", err)
	}
	day := r.StartedAt.In(location)
	out := api.ImportedActivity{
		Status: api.ImportStatusNew, Name: r.Name, Family: api.ActivityFamily(a.Sport.Family), Category: api.ActivityCategory(r.Category),
		StartedAt: r.StartedAt, LocalDate: openapi_types.Date{Time: time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, time.UTC)},
		Timezone: r.Timezone, ZoneSource: api.ZoneSource(r.Zone), ElapsedS: r.ElapsedS, TimerS: r.TimerS, MovingS: r.MovingS,
		AvgHeartRate: pulse(a.AvgHeartRate), MaxHeartRate: pulse(a.MaxHeartRate),
		Legs: len(a.Legs), Points: points(a), PossibleDuplicates: []uuid.UUID{}, Sport: optional.NonEmpty(a.Sport.Name),
		AscentM: limited(a.AscentM, 0, 20_000),
	}
	if a.DistanceM != nil {
		out.DistanceM = limited(new(math.Round(*a.DistanceM*100)/100), 0, 2e6)
	}
	if a.AvgPower != nil && *a.AvgPower <= 2000 {
		out.AvgPowerWatts = a.AvgPower
	}
	if r.DeviceKcal != nil {
		out.Kcal = a.Kcal
	}
	if len(a.Sets) > 0 {
		out.UnconfirmedSets = new(len(a.Sets))
	}
	f.compare(i, &out, existing)
	f.response.Activities = append(f.response.Activities, out)
	return nil
}

func points(a *activityfile.Activity) int {
	n := len(a.Points)
	for _, leg := range a.Legs {
		n += len(leg.Points)
	}
	return n
}

// compare finds the activity among those that exist, or the ones that may be the same.
func (f *uploadedFile) compare(i int, out *api.ImportedActivity, existing []queries.FindImportedRow) {
	const most = 20
	r := f.found[i].whole
	sameFile := 0 // how many activities of the same file exist
	for _, row := range existing {
		same := row.SameRecording && r.ExternalID != nil && *row.ExternalID == *r.ExternalID
		if row.SameFile {
			same = same || sameFile == i // by their order: the person may have changed its start
			sameFile++
		}
		switch {
		case same:
			out.Status, out.ID = api.ImportStatusExists, &row.ID
			if row.Deleted {
				out.Status = api.ImportStatusDeleted
			}
			out.PossibleDuplicates = []uuid.UUID{}
			return
		case !row.SameFile && !row.Deleted && mayBeSame(r, row):
			if len(out.PossibleDuplicates) < most {
				out.PossibleDuplicates = append(out.PossibleDuplicates, row.ID)
			}
		}
	}
	if sameFile > 0 {
		out.Status = api.ImportStatusDeleted // it was imported, and is erased
	}
}

// mayBeSame reports whether two records can be the same workout: sports that do not exclude each other, and either an overlap of four fifths
// of the longer one, or starts within ten minutes and similar durations.
func mayBeSame(r *record, row queries.FindImportedRow) bool {
	if row.Family != nil && r.Family != nil && *row.Family != *r.Family {
		return false
	}
	const share = 0.8
	from, to := later(r.StartedAt, row.StartedAt), earlier(r.EndedAt, row.EndedAt)
	longer := max(r.EndedAt.Sub(r.StartedAt), row.EndedAt.Sub(row.StartedAt)).Seconds()
	if to.Sub(from).Seconds() >= share*longer {
		return true
	}
	short, long := min(r.TimerS, int(row.TimerS)), max(r.TimerS, int(row.TimerS))
	return r.StartedAt.Sub(row.StartedAt).Abs() <= 10*time.Minute && float64(short) >= share*float64(long)
}

func later(times ...time.Time) time.Time { return slices.MaxFunc(times, time.Time.Compare) }

func earlier(times ...time.Time) time.Time { return slices.MinFunc(times, time.Time.Compare) }

// nameImport gives the response the id of the import that stored the same file before. A recording that came in another file has none.
func (h *Handlers) nameImport(ctx context.Context, f *uploadedFile) error {
	id, err := h.db.FindActivityFile(ctx, queries.FindActivityFileParams{
		UserID: db.IdentityFrom(ctx).UserID, ContentSha256: f.source.sha256,
	})
	if db.IsNoRows(err) {
		return nil
	}
	f.response.ID = &id
	return err
}

// storeFile queues all rows of the file; they are sent with the commit. The whole of a leg comes before the leg.
func (h *Handlers) storeFile(ctx context.Context, f *uploadedFile, in *inputs, ids importIDs) error {
	ctx = db.Queued(ctx)
	f.response.ID = new(uuid.New())
	if ids.file != uuid.Nil {
		f.response.ID = &ids.file
	}
	if ids.activity != uuid.Nil {
		f.found[0].whole.ID = ids.activity
	}
	for i, found := range f.found {
		out := &f.response.Activities[i]
		if !isNew(*out) {
			continue
		}
		out.Status, out.ID = api.ImportStatusCreated, &found.whole.ID
		if err := h.storeActivity(ctx, in.userID, found.whole, found.activity, f.privacyRadius); err != nil {
			return err
		}
		for j, leg := range found.legs {
			if err := h.storeActivity(ctx, in.userID, leg, &found.activity.Legs[j], f.privacyRadius); err != nil {
				return err
			}
		}
	}
	result, err := json.Marshal(f.response)
	if err != nil {
		return fmt.Errorf("encode an import: %w", err)
	}
	return h.db.SaveActivityFile(ctx, queries.SaveActivityFileParams{
		UserID: in.userID, ID: *f.response.ID, Content: f.packed, ContentSha256: f.source.sha256, SizeBytes: int32(f.size), Result: result,
	})
}

// storeActivity queues one row, and its streams where it has some.
func (h *Handlers) storeActivity(ctx context.Context, userID uuid.UUID, r *record, a *activityfile.Activity, privacyRadius int) error {
	columns, err := r.columns()
	if err != nil {
		return err
	}
	if err := h.db.CreateActivity(ctx, queries.CreateActivityParams{UserID: userID, Activity: columns}); err != nil {
		return err
	}
	if len(a.Points) == 0 {
		return nil
	}
	pauses, err := json.Marshal(pausesOf(a))
	if err != nil {
		return fmt.Errorf("encode pauses: %w", err)
	}
	return h.db.SaveActivityStreams(ctx, queries.SaveActivityStreamsParams{
		UserID: userID, ActivityID: r.ID, Points: int32(len(a.Points)), Data: streams.Marshal(a.Points), Pauses: pauses,
		PrivacyRadiusM: int32(privacyRadius),
	})
}

func pausesOf(a *activityfile.Activity) []api.StreamPause {
	pauses := []api.StreamPause{}
	seconds := func(at time.Time) float64 { return min(max(at.Sub(a.StartedAt).Seconds(), 0), maxElapsed) }
	for _, p := range a.Pauses {
		pauses = append(pauses, api.StreamPause{FromS: seconds(p.From), ToS: seconds(p.To)})
	}
	return pauses
}
