ALTER TABLE `people` ADD `name_mark` text;--> statement-breakpoint
ALTER TABLE `people` ADD `address_mark` text;--> statement-breakpoint
ALTER TABLE `people` ADD `telephone_mark` text;--> statement-breakpoint
CREATE INDEX `people_name` ON `people` (`name_mark`);--> statement-breakpoint
CREATE INDEX `people_address` ON `people` (`address_mark`);--> statement-breakpoint
CREATE INDEX `people_telephone` ON `people` (`telephone_mark`);