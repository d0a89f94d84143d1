package coach

import (
	"context"

	"github.com/google/uuid"

	api "github.com/ultimatecoach/api/gen/server"
)

// byID are the arguments of tools that look up one record.
type byID struct {
	ID uuid.UUID `json:"id"`
}

func (h *Handlers) addFoodTools(m *toolMaker) {
	const searching = "Finds foods by name or barcode, the person's own among them. Returns ids, servings and nutrients of 100 g."
	addLookup(m, "search_foods", searching, "searchFoods", []string{"q", "scope", "limit"},
		func(ctx context.Context, in api.SearchFoodsParams) (found, error) {
			r, err := h.rooms.Nutrition.SearchFoods(ctx, api.SearchFoodsRequestObject{Params: in})
			page, _ := r.(api.SearchFoods200JSONResponse)
			f := found{Data: page}
			for _, hit := range page.Data {
				f.Sources = append(f.Sources, foodSource(hit.ID, hit.Name))
			}
			return f, err
		})
	addLookup(m, "get_food", "Returns one food with all nutrients and servings.", "getFood", []string{"id"},
		func(ctx context.Context, in byID) (found, error) {
			r, err := h.rooms.Nutrition.GetFood(ctx, api.GetFoodRequestObject{ID: in.ID})
			food, ok := r.(api.GetFood200JSONResponse)
			if !ok {
				return found{}, err
			}
			return found{food.Body, []api.CoachSource{foodSource(food.Body.ID, food.Body.Name)}}, err
		})
	const recent = "Lists the foods that the person logged lately or often, with the usual amount."
	addLookup(m, "list_recent_foods", recent, "listRecentFoods", []string{"meal_type", "order", "limit"},
		func(ctx context.Context, in api.ListRecentFoodsParams) (found, error) {
			r, err := h.rooms.Nutrition.ListRecentFoods(ctx, api.ListRecentFoodsRequestObject{Params: in})
			page, _ := r.(api.ListRecentFoods200JSONResponse)
			f := found{Data: page}
			for _, recent := range page.Data {
				f.Sources = append(f.Sources, foodSource(recent.Food.ID, recent.Food.Name))
			}
			return f, err
		})
}

func (h *Handlers) addDayTools(m *toolMaker) {
	const day = "Returns everything of one local day: targets, what was eaten, what is left, activities, weight, water and sleep. " +
		"The date may be today."
	addLookup(m, "get_day", day, "getDay", []string{"date"},
		func(ctx context.Context, in struct {
			Date string `json:"date"`
		},
		) (found, error) {
			r, err := h.rooms.Dashboard.GetDay(ctx, api.GetDayRequestObject{Date: in.Date})
			day, ok := r.(api.GetDay200JSONResponse)
			if !ok {
				return found{}, err
			}
			return found{day, []api.CoachSource{daySource(day.Date.Time)}}, err
		})
	const days = "Returns the sums of each day of a range of at most 92 days: energy, macros, activities, weight, water, sleep."
	addLookup(m, "list_days", days, "listDays", []string{"from", "to"},
		func(ctx context.Context, in api.ListDaysParams) (found, error) {
			r, err := h.rooms.Dashboard.ListDays(ctx, api.ListDaysRequestObject{Params: in})
			page, _ := r.(api.ListDays200JSONResponse)
			f := found{Data: page}
			for _, day := range page.Data {
				if day.Logged || day.ActivitiesCount > 0 {
					f.Sources = append(f.Sources, daySource(day.Date.Time))
				}
			}
			return f, err
		})
	const meals = "Lists meals with their foods, the latest first."
	addLookup(m, "list_meals", meals, "listMeals", []string{"from", "to", "meal_type", "limit"},
		func(ctx context.Context, in api.ListMealsParams) (found, error) {
			r, err := h.rooms.Nutrition.ListMeals(ctx, api.ListMealsRequestObject{Params: in})
			page, _ := r.(api.ListMeals200JSONResponse)
			f := found{Data: page}
			for _, meal := range page.Data {
				f.Sources = append(f.Sources, mealSource(meal))
			}
			return f, err
		})
}

func (h *Handlers) addActivityTools(m *toolMaker) {
	addLookup(m, "list_activities", "Lists activities, the latest first.", "listActivities", []string{"from", "to", "category", "limit"},
		func(ctx context.Context, in api.ListActivitiesParams) (found, error) {
			r, err := h.rooms.Activities.ListActivities(ctx, api.ListActivitiesRequestObject{Params: in})
			page, _ := r.(api.ListActivities200JSONResponse)
			f := found{Data: page}
			for _, activity := range page.Data {
				f.Sources = append(f.Sources, activitySource(activity))
			}
			return f, err
		})
	const summary = "Sums up activities of a day or a range: count, minutes, energy, distance, by category and by week."
	addLookup(m, "get_activity_summary", summary, "getActivitySummary", []string{"date", "from", "to"},
		func(ctx context.Context, in api.GetActivitySummaryParams) (found, error) {
			r, err := h.rooms.Activities.GetActivitySummary(ctx, api.GetActivitySummaryRequestObject{Params: in})
			sum, _ := r.(api.GetActivitySummary200JSONResponse)
			return found{Data: sum}, err
		})
	const catalogue = "Finds kinds of activities by name in five languages, with the keys that a proposal of an activity needs."
	addLookup(m, "search_activity_catalogue", catalogue, "listActivityCatalogue", []string{"q", "limit"},
		func(ctx context.Context, in api.ListActivityCatalogueParams) (found, error) {
			r, err := h.rooms.Activities.ListActivityCatalogue(ctx, api.ListActivityCatalogueRequestObject{Params: in})
			kinds, _ := r.(api.ListActivityCatalogue200JSONResponse)
			return found{Data: kinds}, err
		})
	const exercises = "Finds exercises of strength training, by name, muscle or equipment."
	addLookup(m, "search_exercises", exercises, "listExercises", []string{"q", "muscle", "equipment", "limit"},
		func(ctx context.Context, in api.ListExercisesParams) (found, error) {
			r, err := h.rooms.Activities.ListExercises(ctx, api.ListExercisesRequestObject{Params: in})
			exercises, _ := r.(api.ListExercises200JSONResponse)
			return found{Data: exercises}, err
		})
	type history struct {
		ID    string `json:"id"`
		Limit *int   `json:"limit"`
	}
	addLookup(m, "get_exercise_history", "Returns the sets and records of one exercise.", "getExerciseHistory", []string{"id", "limit"},
		func(ctx context.Context, in history) (found, error) {
			r, err := h.rooms.Activities.GetExerciseHistory(ctx, api.GetExerciseHistoryRequestObject{
				ID: in.ID, Params: api.GetExerciseHistoryParams{Limit: in.Limit},
			})
			sets, _ := r.(api.GetExerciseHistory200JSONResponse)
			return found{Data: sets}, err
		})
}

func (h *Handlers) addBodyTools(m *toolMaker) {
	const trend = "Returns the weights of a range, the smoothed trend, the rate per week and the projection to the goal."
	addLookup(m, "get_weight_trend", trend, "getWeightTrend", []string{"from", "to"},
		func(ctx context.Context, in api.GetWeightTrendParams) (found, error) {
			r, err := h.rooms.Body.GetWeightTrend(ctx, api.GetWeightTrendRequestObject{Params: in})
			weights, _ := r.(api.GetWeightTrend200JSONResponse)
			return found{weights, []api.CoachSource{trendSource(in.From.Time, in.To.Time)}}, err
		})
	addLookup(m, "get_profile", "Returns the person's profile with the targets and how they were computed.", "getMe", nil,
		func(ctx context.Context, _ struct{}) (found, error) {
			r, err := h.rooms.Users.GetMe(ctx, api.GetMeRequestObject{})
			me, _ := r.(api.GetMe200JSONResponse)
			me.Body.Email, me.Body.FullName = "", nil // a model does not need them
			return found{me.Body, []api.CoachSource{profileSource()}}, err
		})
	const energy = "Returns what the person burns a day: by formula, and learned from weights and meals where there are enough."
	addLookup(m, "get_energy_estimate", energy, "getEnergy", nil,
		func(ctx context.Context, _ struct{}) (found, error) {
			r, err := h.rooms.Body.GetEnergy(ctx, api.GetEnergyRequestObject{})
			estimate, _ := r.(api.GetEnergy200JSONResponse)
			return found{estimate, []api.CoachSource{
				sourceOf(api.CoachSourceKindTargets, "energy", "/api/v1/users/me/energy"),
			}}, err
		})
}
