CREATE TABLE "allocation_seeds" (
	"study_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL,
	"key_id" text COLLATE "C" NOT NULL,
	"stored_at" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "people" (
	"pseudonym" text COLLATE "C" PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL,
	"key_id" text COLLATE "C" NOT NULL,
	"stored_at" text COLLATE "C" NOT NULL,
	"name_mark" text COLLATE "C",
	"address_mark" text COLLATE "C",
	"telephone_mark" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"key_hash" text COLLATE "C" NOT NULL,
	"staff_id" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"study_id" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"created_at" text COLLATE "C" NOT NULL,
	"expires_at" text COLLATE "C" NOT NULL,
	"revoked_at" text COLLATE "C",
	"last_used_at" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"code_hash" text COLLATE "C" PRIMARY KEY NOT NULL,
	"staff_id" text COLLATE "C" NOT NULL,
	"created_at" text COLLATE "C" NOT NULL,
	"used_at" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "second_factors" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"staff_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"key_id" text COLLATE "C" NOT NULL,
	"credential_id" text COLLATE "C",
	"counter" bigint NOT NULL,
	"created_at" text COLLATE "C" NOT NULL,
	"confirmed_at" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"address_mark" text COLLATE "C" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"key_id" text COLLATE "C" NOT NULL,
	"language" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"password_hash" text COLLATE "C",
	"subject_mark" text COLLATE "C",
	"created_at" text COLLATE "C" NOT NULL,
	"state_at" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff_links" (
	"token_hash" text COLLATE "C" PRIMARY KEY NOT NULL,
	"staff_id" text COLLATE "C" NOT NULL,
	"purpose" text COLLATE "C" NOT NULL,
	"created_at" text COLLATE "C" NOT NULL,
	"expires_at" text COLLATE "C" NOT NULL,
	"used_at" text COLLATE "C",
	"mail" text COLLATE "C",
	"mail_detail" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "staff_roles" (
	"staff_id" text COLLATE "C" NOT NULL,
	"study_id" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"region" text COLLATE "C" NOT NULL,
	"granted_at" text COLLATE "C" NOT NULL,
	CONSTRAINT "staff_roles_staff_id_study_id_role_region_pk" PRIMARY KEY("staff_id","study_id","role","region")
);
--> statement-breakpoint
CREATE TABLE "staff_sessions" (
	"token_hash" text COLLATE "C" PRIMARY KEY NOT NULL,
	"staff_id" text COLLATE "C" NOT NULL,
	"stage" text COLLATE "C" NOT NULL,
	"created_at" text COLLATE "C" NOT NULL,
	"last_seen_at" text COLLATE "C" NOT NULL,
	"expires_at" text COLLATE "C" NOT NULL,
	"challenge" text COLLATE "C"
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "second_factors" ADD CONSTRAINT "second_factors_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_links" ADD CONSTRAINT "staff_links_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_sessions" ADD CONSTRAINT "staff_sessions_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "people_name" ON "people" USING btree ("name_mark");--> statement-breakpoint
CREATE INDEX "people_address" ON "people" USING btree ("address_mark");--> statement-breakpoint
CREATE INDEX "people_telephone" ON "people" USING btree ("telephone_mark");--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_hash" ON "api_keys" USING btree ("key_hash");--> statement-breakpoint
CREATE INDEX "api_keys_staff" ON "api_keys" USING btree ("staff_id");--> statement-breakpoint
CREATE INDEX "recovery_codes_staff" ON "recovery_codes" USING btree ("staff_id");--> statement-breakpoint
CREATE INDEX "second_factors_staff" ON "second_factors" USING btree ("staff_id");--> statement-breakpoint
CREATE UNIQUE INDEX "second_factors_credential" ON "second_factors" USING btree ("credential_id");--> statement-breakpoint
CREATE UNIQUE INDEX "staff_address" ON "staff" USING btree ("address_mark");--> statement-breakpoint
CREATE UNIQUE INDEX "staff_subject" ON "staff" USING btree ("subject_mark");--> statement-breakpoint
CREATE INDEX "staff_links_staff" ON "staff_links" USING btree ("staff_id");--> statement-breakpoint
CREATE INDEX "staff_sessions_staff" ON "staff_sessions" USING btree ("staff_id");--> statement-breakpoint
CREATE INDEX "staff_sessions_expiry" ON "staff_sessions" USING btree ("expires_at");