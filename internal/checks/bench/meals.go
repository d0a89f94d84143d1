package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// measureMeals logs meals of people who have a diary, on days after the diary's end.
func measureMeals(ctx context.Context, h *environment, o options) error {
	diaryUsers, err := h.diaryUsers(ctx)
	if err != nil {
		return err
	}
	readers, err := h.signIn(ctx, diaryUsers)
	if err != nil {
		return err
	}
	conn, err := h.owner(ctx)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	rows, err := conn.Query(ctx, "select id from public.foods where source <> 'bench' and created_by is null order by source_id limit 2000")
	if err != nil {
		return err
	}
	foodIDs, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return err
	}
	dice := rand.New(rand.NewPCG(3, 4))
	for _, items := range []int{1, 15} {
		var requests [][]byte
		for day := range 100 { // a day has room for 100 meals
			for _, r := range readers {
				wanted := make([]string, items)
				for i := range wanted {
					wanted[i] = fmt.Sprintf(
						`{"kind":"grams","food_id":%q,"grams":%d}`,
						foodIDs[dice.IntN(len(foodIDs))],
						100*(1+dice.IntN(5)),
					)
				}
				body := fmt.Sprintf(
					`{"meal_type":"lunch","eaten_at":%q,"items":[%s]}`,
					diaryEnd.AddDate(0, 0, day).Add(12*time.Hour).Format(time.RFC3339),
					strings.Join(wanted, ","),
				)
				requests = append(requests, request(http.MethodPost, meals, r.token, r.id, body))
			}
		}
		dice.Shuffle(len(requests), func(i, j int) { requests[i], requests[j] = requests[j], requests[i] })
		title := fmt.Sprintf(
			"POST /nutrition/meals, items in the meal: %d; against plain SQL in one statement that writes the same rows",
			items,
		)
		if err := h.compare(ctx, title, requests, o, "id", "created_at", "updated_at"); err != nil {
			return err
		}
	}
	return nil
}
