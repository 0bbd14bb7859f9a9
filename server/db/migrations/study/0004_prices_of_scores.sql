ALTER TABLE `scores` ADD `price_table_id` text;--> statement-breakpoint
ALTER TABLE `scores` ADD `price_table_version` text;