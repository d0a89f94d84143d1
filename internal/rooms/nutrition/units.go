package nutrition

import (
	"slices"
	"strings"
)

// queryUnit is a unit that people write into a query.
type queryUnit struct {
	grams       float64 // of one, for a unit of mass
	millilitres float64 // of one, for a unit of volume
	needsNumber bool    // alone it may be a word of a food: "protein bar", "fish sticks"
	// servingWords are words of a serving's label that mean this unit, the best first; the unit's own name is always one.
	servingWords []string
	words        string // in English, German, French, Spanish and Portuguese, in the form of plainWord
}

// queryUnits are all units, by the name that responses have. Abbreviations of one letter are units only next to a number.
var queryUnits = map[string]queryUnit{
	"g": {grams: 1, needsNumber: true, words: "g gr gram grams gramm gramme grammes gramo gramos grama gramas"},
	"kg": {
		grams: 1000,
		words: "kg kilo kilos kilogram kilograms kilogramm kilogramme kilogrammes kilogramo kilogramos quilo quilos quilograma quilogramas",
	},
	"mg": {grams: 0.001, words: "mg"},
	"oz": {grams: 28.349523125, words: "oz ounce ounces unze unzen onza onzas onca oncas"},
	"lb": {grams: 453.59237, words: "lb lbs pound pounds libra libras"},
	// A German Pfund is half a kilogram.
	"metric pound": {grams: 500, words: "pfund"},
	"ml":           {millilitres: 1, words: "ml milliliter milliliters millilitre millilitres mililitro mililitros"},
	"cl":           {millilitres: 10, words: "cl centiliter centilitre centilitres"},
	"dl":           {millilitres: 100, words: "dl deciliter decilitre"},
	"l":            {millilitres: 1000, needsNumber: true, words: "l liter liters litre litres litro litros"},
	"fl oz":        {millilitres: 29.5735295625, words: "fl oz,floz,fluid ounce,fluid ounces"},
	"pint":         {millilitres: 473.176473, needsNumber: true, words: "pint pints pinta pintas pinte pintes"},
	"cup":          {millilitres: 236.5882365, words: "cup cups tasse tassen tasses taza tazas xicara xicaras chavena chavenas"},
	"tbsp": {
		millilitres:  14.78676478125,
		servingWords: []string{"tablespoon"},
		words: "tbsp,tbsps,tbs,tablespoon,tablespoons,el,essloffel,esslöffel,cuillere a soupe,cuilleres a soupe,cuilleree,c a s,c a soupe,cas,càs,cs,cucharada,cucharadas,cucharada sopera,cucharadas soperas," +
			"colher de sopa,colheres de sopa,colher,colheres,spoon,spoons,spoonful,spoonfuls,loffel,cuillere,cuilleres",
	},
	"tsp": {
		millilitres:  4.92892159375,
		servingWords: []string{"teaspoon"},
		words:        "tsp,tsps,teaspoon,teaspoons,tl,teeloffel,cuillere a cafe,cuilleres a cafe,c a c,c a cafe,cac,cucharadita,cucharaditas,colher de cha,colheres de cha,colherzinha,colherinha,kaffeeloffel",
	},
	"glass": {
		servingWords: []string{"cup", "fl oz"},
		words:        "glass glasses glas glaser glaschen verre verres vaso vasos vasito copo copos copa copas taca tacas copinho chope",
	},
	"mug": {servingWords: []string{"cup"}, words: "mug mugs becher bechern"},
	"bowl": {
		servingWords: []string{"cup", "serving"},
		words:        "bowl bowls bol bols schussel schusseln schale tazon tazones tigela tigelas cuenco cuencos",
	},
	"plate": {servingWords: []string{"cup"}, words: "plate plates teller assiette assiettes plato platos prato pratos"},
	"slice": {
		words: "slice slices scheibe scheiben tranche tranches rebanada rebanadas loncha lonchas rodaja rodajas fatia fatias rondelle rondelles tajada tajadas",
	},
	"piece": {
		servingWords: []string{"medium", "large", "item", "each", "unit", "whole", "fruit"},
		words:        "piece pieces stuck stucke stk morceau morceaux trozo trozos pedazo pedazos pedaco pedacos unidad unidades unidade unidades stuckchen pedacinho pedacito trocito bout",
	},
	"serving": {words: "serving servings portion portionen portions racion raciones porcion porciones porcao porcoes"},
	"handful": {
		servingWords: []string{"oz"}, // an ounce of nuts is a handful
		words:        "handful,handfuls,handvoll,hand voll,hande voll,poignee,poignees,punado,punados,punhado,punhados,mao cheia",
	},
	"scoop":  {words: "scoop scoops messloffel dosette kugel kugeln boule boules bola bolas"},
	"can":    {servingWords: []string{"12 fl oz"}, words: "can cans tin tins dose dosen canette canettes lata latas"},
	"bottle": {words: "bottle bottles flasche flaschen bouteille bouteilles botella botellas garrafa garrafas"},
	"pack": {
		servingWords: []string{"package", "packet", "bag"},
		words:        "pack packs packet packets package packages packung packungen paquet paquets paquete paquetes pacote pacotes",
	},
	"bag": {
		servingWords: []string{"package"},
		needsNumber:  true,
		words:        "bag bags beutel tute tuten sachet sachets bolsa bolsas bolsita bolsitas saco saquinho",
	},
	"jar": {
		servingWords: []string{"container"},
		needsNumber:  true,
		words:        "jar jars tub tubs pot pots pote potes tarro tarros frasco frascos",
	},
	"box": {
		servingWords: []string{"package", "can"}, // a French boîte is either
		needsNumber:  true,
		words:        "box boxes carton cartons schachtel boite boites caja cajas caixa caixas",
	},
	"bar": {
		needsNumber: true,
		words:       "bar bars riegel barre barres barrita barritas tafel tafeln tablette tablettes tableta tabletas tablete tabletes",
	},
	"square": {
		needsNumber: true,
		words:       "square squares carre carres cuadrado cuadrados cuadradito cuadraditos quadrado quadrados quadradinho quadradinhos",
	},
	"stick":       {needsNumber: true, words: "stick sticks"},
	"clove":       {needsNumber: true, words: "clove cloves zehe zehen gousse gousses diente dientes dente dentes"},
	"head":        {needsNumber: true, words: "head heads kopf"},
	"stalk":       {needsNumber: true, words: "stalk stalks stange stangen"},
	"ear":         {needsNumber: true, words: "ear ears"},
	"bunch":       {needsNumber: true, words: "bunch bunches bund"},
	"fillet":      {needsNumber: true, words: "fillet fillets filete filetes pave paves posta postas"},
	"strip":       {needsNumber: true, servingWords: []string{"slice"}, words: "strip strips rasher rashers"},
	"wedge":       {needsNumber: true, words: "wedge wedges"},
	"loaf":        {needsNumber: true, words: "loaf loaves laib"},
	"leaf":        {needsNumber: true, words: "leaf leaves blatt blatter feuille feuilles hoja hojas folha folhas"},
	"shot":        {needsNumber: true, servingWords: []string{"fl oz"}, words: "shot shots"},
	"pinch":       {words: "pinch pinches prise prisen pincee pincees pizca pizcas pitada pitadas"},
	"dash":        {words: "dash dashes splash splashes nuage drizzle dollop dollops knob klecks spritzer schuss chorrito chorro fio"},
	"small":       {words: ""},
	"medium":      {words: ""},
	"large":       {words: ""},
	"extra large": {servingWords: []string{"jumbo", "large"}, words: ""},
}

// sizes are words for sizes; each is also a unit: "2 large eggs".
var sizes = map[string]string{
	"small":       "small,smaller,little,mini,kleiner,kleine,kleines,kleinen,klein,petit,petite,petits,petites,pequeno,pequena,pequenos,pequenas,chico",
	"medium":      "medium,medium-sized,med,mittel,mittelgross,mittelgrosser,mittelgrosse,moyen,moyenne,mediano,mediana,medianos,medianas,medio,media,medios,medias",
	"large":       "large,big,lg,grosser,grosse,grosses,grossen,gross,grand,grande,grands,grandes,gros",
	"extra large": "extra large,extra-large,xl,jumbo,huge,sehr gross",
}

// numbers are numbers as words. Articles, and the Spanish "medio", count at the beginning of a query only.
var numbers = map[float64]string{
	0.25: "quarter viertel quart cuarto quarto", 0.5: "half halbe halber halbes halben demi demie meia meio medio media",
	1: "a an one ein eine einen un une una uno um uma", 1.5: "anderthalb eineinhalb", 2: "two couple zwei deux dos dois duas",
	3: "three drei trois tres", 4: "four vier quatre cuatro quatro", 5: "five funf cinq cinco", 6: "six sechs seis",
	7: "seven sieben sept siete sete", 8: "eight acht huit ocho oito", 9: "nine neun neuf nueve nove", 10: "ten zehn dix diez dez",
	12: "dozen dutzend douzaine docena duzia",
}

var articles = []string{"a", "an", "ein", "eine", "einen", "un", "une", "una", "um", "uma"}

// onlyLeading are numbers at the beginning of a query and other words elsewhere: "media taza" is half a cup, "pizza media" a medium one.
var onlyLeading = append([]string{"medio", "media"}, articles...)

// ands stand between a number and a fraction: "1 and a half", "kilo y medio".
var ands = []string{"and", "&", "und", "et", "y", "e"}

// fullness are words between a number and a spoon or cup.
var fullness = wordSet(
	"heaped heaping level rounded gehaufte gehaufter gestrichene gestrichener colmada colmadas rasa rasas cheia cheias bombee rase",
)

var fillers = []string{"of", "de", "du", "des", "von", "mit", "del", "da", "do"}

// emptyAdjectives say nothing about a food that the catalogue could know.
var emptyAdjectives = wordSet(
	`organic homemade home-made home-cooked natural fresh freshly delicious tasty yummy healthy nice good local regular
	normal simple leftover leftovers store-bought premium favorite favourite real authentic traditional classic warm cold hot bio hausgemacht
	hausgemachte hausgemachter hausgemachtes selbstgemacht selbstgemachte selbstgemachter selbstgemachtes frisch frische frischer frisches lecker
	leckere leckerer leckeres frais fraiche fraiches biologique casero casera caseros caseras fresco fresca frescos frescas organico organica
	ecologico ecologica natural caseiro caseira caseiros caseiras biologico biologica moms grandmas`,
	"home made", "free range", "free-range", "store bought", "farm fresh", "fait maison", "faite maison", "fatto in casa",
)

func wordSet(words string, phrases ...string) map[string]bool {
	set := map[string]bool{}
	for _, w := range append(strings.Fields(words), phrases...) {
		set[w] = true
	}
	return set
}

// sizeOf, numberWords and unitOf look up sizes, numbers and the names of units by their words.
var sizeOf, numberWords, unitOf = byWord(sizes), byWord(numbers), func() map[string]string {
	words := map[string]string{}
	for name, u := range queryUnits {
		words[name] = u.words
	}
	return byWord(words)
}()

func byWord[K comparable](words map[K]string) map[string]K {
	found := map[string]K{}
	for key, list := range words {
		for _, w := range splitWords(list) {
			found[w] = key
		}
	}
	return found
}

// splitWords splits at commas, or at spaces where there is no comma.
func splitWords(s string) []string {
	if strings.Contains(s, ",") {
		return strings.Split(s, ",")
	}
	return strings.Fields(s)
}

// namesOfUnit returns the words by which a serving's label is recognised, the unit's own name first.
func namesOfUnit(unit string) []string {
	return slices.Concat([]string{unit}, queryUnits[unit].servingWords)
}
