CREATE TABLE "name_parts" (
	"pseudonym" text COLLATE "C" NOT NULL,
	"mark" text COLLATE "C" NOT NULL,
	CONSTRAINT "name_parts_pseudonym_mark_pk" PRIMARY KEY("pseudonym","mark")
);
--> statement-breakpoint
ALTER TABLE "name_parts" ADD CONSTRAINT "name_parts_pseudonym_people_pseudonym_fk" FOREIGN KEY ("pseudonym") REFERENCES "people"("pseudonym") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "name_parts_mark" ON "name_parts" USING btree ("mark","pseudonym");