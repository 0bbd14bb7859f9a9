CREATE TABLE `exports` (
	`id` text PRIMARY KEY NOT NULL,
	`study_id` text NOT NULL,
	`made_at` text NOT NULL,
	`via` text NOT NULL,
	`staff_id` text,
	`manifest_sha256` text NOT NULL,
	`layouts` text NOT NULL,
	`formats` text NOT NULL,
	`filter` text,
	`cases` integer NOT NULL,
	`destroyed_at` text,
	`destroyed_by` text,
	`case_ids` text NOT NULL,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `exports_study` ON `exports` (`study_id`,`made_at`);--> statement-breakpoint
ALTER TABLE `studies` ADD `regions` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `studies` ADD `closed_at` text;--> statement-breakpoint
ALTER TABLE `studies` ADD `contact_months` integer;