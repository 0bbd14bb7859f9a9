CREATE TABLE "under_way" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"process" text COLLATE "C" NOT NULL,
	"heard_at" text COLLATE "C" NOT NULL,
	"progress" text COLLATE "C" NOT NULL,
	"stop_asked_at" text COLLATE "C"
);
