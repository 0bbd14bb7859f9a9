CREATE TABLE `export_jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`study_id` text NOT NULL,
	`started_by` text NOT NULL,
	`started_at` text NOT NULL,
	`ended_at` text,
	`state` text NOT NULL,
	`choices` text NOT NULL,
	`cases` integer NOT NULL,
	`failure` text,
	`manifest_sha256` text,
	`removed_at` text,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `export_jobs_study` ON `export_jobs` (`study_id`,`started_at`);--> statement-breakpoint
CREATE TABLE `__new_exports` (
	`id` text PRIMARY KEY NOT NULL,
	`study_id` text NOT NULL,
	`made_at` text NOT NULL,
	`via` text NOT NULL,
	`staff_id` text,
	`manifest_sha256` text NOT NULL,
	`layouts` text NOT NULL,
	`formats` text NOT NULL,
	`tier` text DEFAULT 'pseudonymous' NOT NULL,
	`purpose` text,
	`filter` text,
	`cases` integer NOT NULL,
	`destroyed_at` text,
	`destroyed_by` text,
	`case_ids` text NOT NULL,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_exports` (`id`, `study_id`, `made_at`, `via`, `staff_id`, `manifest_sha256`, `layouts`, `formats`, `filter`, `cases`, `destroyed_at`, `destroyed_by`, `case_ids`)
SELECT `id`, `study_id`, `made_at`, `via`, `staff_id`, `manifest_sha256`, `layouts`, `formats`, `filter`, `cases`, `destroyed_at`, `destroyed_by`, `case_ids` FROM `exports`;--> statement-breakpoint
DROP TABLE `exports`;--> statement-breakpoint
ALTER TABLE `__new_exports` RENAME TO `exports`;--> statement-breakpoint
CREATE INDEX `exports_study` ON `exports` (`study_id`,`made_at`);
