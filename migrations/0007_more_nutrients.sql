-- +goose Up
-- +goose StatementBegin

call private.add_nutrient('trans_fat_g', 100);
call private.add_nutrient('monounsaturated_fat_g', 100);
call private.add_nutrient('polyunsaturated_fat_g', 100);
call private.add_nutrient('magnesium_mg', 100000);
call private.add_nutrient('phosphorus_mg', 100000);
call private.add_nutrient('zinc_mg', 100000);
call private.add_nutrient('selenium_mcg', 100000);
call private.add_nutrient('vitamin_a_mcg', 100000);
call private.add_nutrient('vitamin_c_mg', 100000);
call private.add_nutrient('vitamin_e_mg', 100000);
call private.add_nutrient('vitamin_k_mcg', 100000);
call private.add_nutrient('vitamin_b6_mg', 100000);
call private.add_nutrient('vitamin_b12_mcg', 100000);
call private.add_nutrient('thiamin_mg', 100000);
call private.add_nutrient('riboflavin_mg', 100000);
call private.add_nutrient('niacin_mg', 100000);
call private.add_nutrient('folate_mcg', 100000);
call private.add_nutrient('choline_mg', 100000);

-- +goose StatementEnd
