ALTER TABLE `cases` ADD `mistaken_at` text;--> statement-breakpoint
ALTER TABLE `cases` ADD `mistake_reason` text;--> statement-breakpoint
ALTER TABLE `cases` ADD `same_as_id` text;