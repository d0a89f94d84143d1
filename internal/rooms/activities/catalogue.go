package activities

import (
	"context"

	"github.com/ultimatecoach/api/internal/tools/optional"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/energy"
	"github.com/ultimatecoach/api/internal/tools/page"
)

// ListActivityCatalogue searches the activities that can be named. It reads no database.
func (h *Handlers) ListActivityCatalogue(
	_ context.Context, r api.ListActivityCatalogueRequestObject,
) (api.ListActivityCatalogueResponseObject, error) {
	query := optional.OrZero(r.Params.Q)
	language := string(optional.Or(r.Params.Lang, api.CatalogueLanguageEn))
	activities, rows := energy.Search(query, language, page.Limit(r.Params.Limit))
	response := api.ActivityCatalogue{Data: []api.CatalogueActivity{}, Attribution: energy.Attribution}
	for _, a := range activities {
		response.Data = append(response.Data, catalogueActivity(a, language))
	}
	for _, row := range rows {
		response.Data = append(response.Data, catalogueRow(row))
	}
	return api.ListActivityCatalogue200JSONResponse(response), nil
}

func catalogueActivity(a *energy.Activity, language string) api.CatalogueActivity {
	entry := catalogueRow(a.Row)
	title, in := a.Title(language)
	entry.Title, entry.Lang = title, api.CatalogueLanguage(in)
	entry.Key, entry.Name, entry.Category, entry.Aliases = &a.Key, a.Name(), new(api.ActivityCategory(a.Category)), a.Aliases
	if a.Near {
		entry.Match = api.EnergyMatchNear
	}
	for _, b := range a.Bands {
		measure := api.EnergyBandMeasureSpeedKmh
		if b.Power {
			measure = api.EnergyBandMeasurePowerW
		}
		entry.Bands = append(entry.Bands, api.EnergyBand{Measure: measure, From: b.From, Code: b.Code, Met: b.MET})
	}
	return entry
}

// catalogueRow returns a row of the Compendium that has no key.
func catalogueRow(row energy.Row) api.CatalogueActivity {
	return api.CatalogueActivity{
		Name: row.Description, Title: row.Description, Lang: api.CatalogueLanguageEn, Code: row.Code, Met: row.MET, MetYear: energy.Year,
		Met2011: row.MET2011, Heading: row.Heading, Description: row.Description, Match: api.EnergyMatchExact,
		Aliases: []string{}, Bands: []api.EnergyBand{},
	}
}
