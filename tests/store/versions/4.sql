BEGIN TRANSACTION;
CREATE TABLE availability (
	"row" VARCHAR(200) NOT NULL, 
	available BOOLEAN NOT NULL, 
	saved_on DATE NOT NULL, 
	PRIMARY KEY ("row")
);
INSERT INTO "availability" VALUES('i-leefstijl',0,'2026-11-22');
CREATE TABLE benchmarks (
	region VARCHAR(200) NOT NULL, 
	codebook VARCHAR(200) NOT NULL, 
	year VARCHAR(200) NOT NULL, 
	shareable BOOLEAN NOT NULL, 
	saved_on DATE NOT NULL, 
	document TEXT NOT NULL, 
	PRIMARY KEY (region, codebook, year, shareable)
);
INSERT INTO "benchmarks" VALUES('Duinrand','klein','2024-2025',0,'2026-11-22','{"region":"Duinrand","codebook":"klein","instrument":"Klein","year":"2024-2025","versions":{"klachten":"2025"},"schools":["De Werf","Het Baken"],"shareable":false,"cells":[[{"bouw":"bovenbouw","breakdown":"totaal","key":"totaal"},{"label":"Alle leerlingen","pupils":1200,"schools":{"klachten":10},"figures":{"klachten":{"cases":300,"total":1200}},"weighted":{}}],[{"bouw":"bovenbouw","breakdown":"niveau x klas x geslacht","key":"havo|4|meisje"},{"label":"","pupils":2,"schools":null,"figures":{"klachten":{"cases":1,"total":2}},"weighted":{}}]],"correlations":[["bovenbouw",[["eens","klachten",-0.1234]]],["onderbouw",[]]]}');
CREATE TABLE content (
	table_name VARCHAR(200) NOT NULL, 
	"row" VARCHAR(200) NOT NULL, 
	saved_on DATE NOT NULL, 
	document TEXT NOT NULL, 
	PRIMARY KEY (table_name, "row")
);
INSERT INTO "content" VALUES('programmes.csv','i-leefstijl','2026-11-22','{"remark":"Nu ook voor leerjaar 1 – ‘gratis’."}');
CREATE TABLE content_log (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	by_whom VARCHAR(200) NOT NULL, 
	table_name VARCHAR(200) NOT NULL, 
	"row" VARCHAR(200) NOT NULL, 
	field VARCHAR(200) NOT NULL, 
	old TEXT NOT NULL, 
	new TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "content_log" VALUES(1,'2026-11-22 09:30:00.000000','gezondheidsbevorderaar','programmes.csv','i-leefstijl','remark','','Nu ook voor leerjaar 1 – ‘gratis’.');
CREATE TABLE conversations (
	school VARCHAR(200) NOT NULL, 
	year VARCHAR(200) NOT NULL, 
	revision INTEGER NOT NULL, 
	saved_on DATE NOT NULL, 
	document TEXT NOT NULL, 
	PRIMARY KEY (school, year)
);
INSERT INTO "conversations" VALUES('De Werf','2025-2026',1,'2026-11-22','{"school":"De Werf","year":"2025-2026","reached":"gevoerd","planned_on":"2026-10-01","held_on":"2026-10-08","present":["jeugdverpleegkundige","teamleider"],"points":[{"kind":"duidelijk","theme":"school","indicator":"eens","bouw":"bovenbouw","goes_well":true,"reason":"Meer dan in de regio.","note":""},{"kind":"gespreksvraag","theme":"thuis","indicator":null,"bouw":null,"goes_well":false,"reason":"","note":"Herkend; ‘ze zijn moe’ 😴"}],"needs":[{"theme":"slaap","note":"meer rust in de toetsweken"}],"signals":[{"theme":"vapen","note":""}],"choices":[{"theme":"slaap","pillar":"Beleid","row":"m-rooster-en-slaap","decision":"gekozen","reason":"past bij het rooster","answers":["ja","","nee"]},{"theme":"slaap","pillar":"Educatie","row":"i-leefstijl","decision":"afgevallen","reason":"geen tijd dit jaar","answers":[]}],"agreements":[{"what":"rooster bekijken","who":"teamleider","due":"2027-02-01","indicator":"klachten","bouw":"bovenbouw","progress":"open","outcome":""},{"what":"ouderavond","who":null,"due":null,"indicator":null,"bouw":null,"progress":"gedaan","outcome":"80 ouders"}],"unmet":[{"theme":"vapen","note":"iets voor leerjaar 1","pillar":"Educatie"}],"already_done":[["slaap","Beleid"],["pesten","Signaleren"]],"matrix_filled":true,"notes":"Volgend jaar weer.","is_invented":false,"revision":1}');
CREATE TABLE links (
	source VARCHAR(200) NOT NULL, 
	fingerprint VARCHAR(200) NOT NULL, 
	saved_on DATE NOT NULL, 
	document TEXT NOT NULL, 
	PRIMARY KEY (source, fingerprint)
);
INSERT INTO "links" VALUES('gmj','abc','2026-11-22','{"Hoe voel je je?":"klachten","Afdeling":"role:niveau","Versie":""}');
CREATE TABLE log (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	event VARCHAR(200) NOT NULL, 
	school VARCHAR(200) NOT NULL, 
	year VARCHAR(200) NOT NULL, 
	number INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "log" VALUES(1,'2026-11-22 09:30:00.000000','meting bewaard','De Werf','2025-2026',1);
INSERT INTO "log" VALUES(2,'2026-11-22 09:30:00.000000','meting bewaard','Het Baken','2025-2026',1);
INSERT INTO "log" VALUES(3,'2026-11-22 09:30:00.000000','meting bewaard','De Werf','2023-2024 en 2025-2026',1);
INSERT INTO "log" VALUES(4,'2026-11-22 09:30:00.000000','vergelijkingscijfers bewaard','Duinrand','2024-2025',1);
INSERT INTO "log" VALUES(5,'2026-11-22 09:30:00.000000','gespreksverslag begonnen','De Werf','2025-2026',1);
INSERT INTO "log" VALUES(6,'2026-11-22 09:30:00.000000','bewaartermijn gekozen','','',36);
INSERT INTO "log" VALUES(7,'2026-11-22 09:30:00.000000','werk van de school begonnen','De Werf','2026-2027',1);
INSERT INTO "log" VALUES(8,'2026-11-22 09:30:00.000000','werk van de school begonnen','De Werf','2026-2027',1);
INSERT INTO "log" VALUES(9,'2026-11-22 09:30:00.000000','werk van de school begonnen','De Werf','2026-2027',1);
CREATE TABLE measurements (
	school VARCHAR(200) NOT NULL, 
	year VARCHAR(200) NOT NULL, 
	bouw VARCHAR(200) NOT NULL, 
	codebook VARCHAR(200) NOT NULL, 
	saved_on DATE NOT NULL, 
	document TEXT NOT NULL, 
	PRIMARY KEY (school, year, bouw, codebook)
);
INSERT INTO "measurements" VALUES('De Werf','2025-2026','bovenbouw','klein','2026-11-22','{"school":"De Werf","year":"2025-2026","bouw":"bovenbouw","codebook":"klein","groups":[{"group":{"dimension":"totaal","key":"totaal","label":"Totaal"},"pupils":120,"figures":{"klachten":{"cases":31,"total":120},"eens":{"cases":0,"total":0}},"weighted":{}},{"group":{"dimension":"niveau","key":"havo","label":"Havo"},"pupils":7,"figures":{"klachten":{"cases":3,"total":7}},"weighted":{}}],"could_have_answered":150,"strata":{"havo|4|meisje":{"klachten":12},"|4|":{"klachten":1}},"answers":[{"question":"klachten","text":"Heb je klachten?","answers":[[1,"Ja",31],[2,"Nee, «nooit»",89]]}],"parts":[],"stated":null}');
INSERT INTO "measurements" VALUES('Het Baken','2025-2026','alle','klein','2026-11-22','{"school":"Het Baken","year":"2025-2026","bouw":"alle","codebook":"klein","groups":[{"group":{"dimension":"totaal","key":"totaal","label":"Hele school"},"pupils":3,"figures":{"klachten":{"cases":1,"total":3}},"weighted":{"klachten":{"weights":2.9999999999999996,"case_weights":0.1,"squares":1e-17,"case_squares":123456789.12345679}}}],"could_have_answered":150,"strata":{"havo|4|meisje":{"klachten":12},"|4|":{"klachten":1}},"answers":[{"question":"klachten","text":"Heb je klachten?","answers":[[1,"Ja",31],[2,"Nee, «nooit»",89]]}],"parts":[],"stated":null}');
INSERT INTO "measurements" VALUES('De Werf','2023-2024 en 2025-2026','bovenbouw','klein','2026-11-22','{"school":"De Werf","year":"2023-2024 en 2025-2026","bouw":"bovenbouw","codebook":"klein","groups":[{"group":{"dimension":"totaal","key":"totaal","label":"Totaal"},"pupils":200,"figures":{"klachten":{"cases":51,"total":200}},"weighted":{}}],"could_have_answered":null,"strata":{},"answers":[],"parts":[{"school":"De Werf","year":"2023-2024","bouw":"bovenbouw","codebook":"klein","groups":[{"group":{"dimension":"totaal","key":"totaal","label":"Totaal"},"pupils":80,"figures":{"klachten":{"cases":20,"total":80}},"weighted":{}}],"could_have_answered":null,"strata":{},"answers":[],"parts":[],"stated":null},{"school":"De Werf","year":"2025-2026","bouw":"bovenbouw","codebook":"klein","groups":[{"group":{"dimension":"totaal","key":"totaal","label":"Totaal"},"pupils":120,"figures":{"klachten":{"cases":31,"total":120},"eens":{"cases":0,"total":0}},"weighted":{}},{"group":{"dimension":"niveau","key":"havo","label":"Havo"},"pupils":7,"figures":{"klachten":{"cases":3,"total":7}},"weighted":{}}],"could_have_answered":150,"strata":{"havo|4|meisje":{"klachten":12},"|4|":{"klachten":1}},"answers":[{"question":"klachten","text":"Heb je klachten?","answers":[[1,"Ja",31],[2,"Nee, «nooit»",89]]}],"parts":[],"stated":null}],"stated":null}');
CREATE TABLE offers (
	id VARCHAR(200) NOT NULL, 
	saved_on DATE NOT NULL, 
	document TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "offers" VALUES('eigen-ouderavond','2026-11-22','{"id":"eigen-ouderavond","title":"Ouderavond over slaap","themes":["slaap"],"pillars":["Schoolomgeving"],"description":"Twee uur, op school.","checked_on":null}');
CREATE TABLE responsibilities (
	source VARCHAR(200) NOT NULL, 
	saved_on DATE NOT NULL, 
	document TEXT NOT NULL, 
	PRIMARY KEY (source)
);
INSERT INTO "responsibilities" VALUES('gmj','2026-11-22','{"soort":"gmj","gebruik":"ggd"}');
CREATE TABLE schema_version (
	number INTEGER NOT NULL, 
	PRIMARY KEY (number)
);
INSERT INTO "schema_version" VALUES(4);
CREATE TABLE school_work (
	school VARCHAR(200) NOT NULL, 
	year VARCHAR(200) NOT NULL, 
	kind VARCHAR(200) NOT NULL, 
	revision INTEGER NOT NULL, 
	saved_on DATE NOT NULL, 
	document TEXT NOT NULL, 
	PRIMARY KEY (school, year, kind)
);
INSERT INTO "school_work" VALUES('De Werf','2026-2027','checklist',1,'2026-11-22','{"answers":{"c-welkom":"goed","c-netwerk":"nog niet"},"notes":{"Beleid":"‘goed’ geregeld"},"filling":"samen met een team"}');
INSERT INTO "school_work" VALUES('De Werf','2026-2027','year_plan',1,'2026-11-22','{"moments":[{"kind":"themaweek","what":"Week Tegen Pesten","first":"2026-09-21","last":"2026-09-25","row":"s-week-tegen-pesten"}]}');
INSERT INTO "school_work" VALUES('De Werf','2026-2027','route',1,'2026-11-22','{"steps":{"Wie ziet dat het niet goed gaat?":{"roles":["mentor"],"how":"in het mentoruur"}},"evaluated_on":"2027-05-01","works":"snel contact","changes":""}');
CREATE TABLE settings (
	name VARCHAR(200) NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "settings" VALUES('retention_months','36');
COMMIT;
