ALTER TABLE "cases" ADD COLUMN "mistaken_at" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "mistake_reason" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "same_as_id" text COLLATE "C";--> statement-breakpoint
CREATE INDEX "messages_mail" ON "messages" USING btree ("mail_id") WHERE mail_id is not null;