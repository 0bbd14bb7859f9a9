CREATE TABLE `allocations` (
	`study_id` text NOT NULL,
	`stratum` text NOT NULL,
	`position` integer NOT NULL,
	`arm` text NOT NULL,
	`case_id` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`study_id`, `stratum`, `position`),
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `allocations_case` ON `allocations` (`case_id`);--> statement-breakpoint
CREATE TABLE `children` (
	`case_id` text NOT NULL,
	`number` integer NOT NULL,
	`birth_month` text NOT NULL,
	PRIMARY KEY(`case_id`, `number`),
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `matches` (
	`case_id` text NOT NULL,
	`criterion` text NOT NULL,
	`met` integer NOT NULL,
	`note` text,
	`recorded_at` text NOT NULL,
	PRIMARY KEY(`case_id`, `criterion`),
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `sampled_cases` (
	`study_id` text NOT NULL,
	`name` text NOT NULL,
	`position` integer NOT NULL,
	`case_id` text NOT NULL,
	`included` integer NOT NULL,
	PRIMARY KEY(`study_id`, `name`, `position`),
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sampled_cases_case` ON `sampled_cases` (`case_id`);--> statement-breakpoint
CREATE TABLE `samples` (
	`study_id` text NOT NULL,
	`name` text NOT NULL,
	`seed` text NOT NULL,
	`size` integer NOT NULL,
	`drawn_at` text NOT NULL,
	PRIMARY KEY(`study_id`, `name`),
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
DROP INDEX `assignments_key`;--> statement-breakpoint
ALTER TABLE `assignments` ADD `about_id` text REFERENCES participants(id);--> statement-breakpoint
ALTER TABLE `assignments` ADD `reason` text;--> statement-breakpoint
CREATE UNIQUE INDEX `assignments_key_of_case` ON `assignments` (`participant_id`,`wave`,`instrument_id`) WHERE about_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX `assignments_key` ON `assignments` (`participant_id`,`wave`,`instrument_id`,`about_id`);--> statement-breakpoint
ALTER TABLE `cases` ADD `index_case_id` text;--> statement-breakpoint
CREATE INDEX `cases_index` ON `cases` (`index_case_id`);--> statement-breakpoint
ALTER TABLE `consents` ADD `recorded_by` text DEFAULT 'participant' NOT NULL;--> statement-breakpoint
ALTER TABLE `participants` ADD `state_reason` text;--> statement-breakpoint
ALTER TABLE `participants` ADD `joined_at` text;--> statement-breakpoint
ALTER TABLE `participants` ADD `succeeds_id` text;--> statement-breakpoint
ALTER TABLE `studies` ADD `adopted_versions` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `studies` ADD `allocation_commitment` text;