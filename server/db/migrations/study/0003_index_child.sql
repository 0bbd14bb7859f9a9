INSERT INTO `children` (`case_id`, `number`, `birth_month`) SELECT `id`, 1, `child_birth_month` FROM `cases` WHERE `child_birth_month` IS NOT NULL;--> statement-breakpoint
ALTER TABLE `cases` DROP COLUMN `child_birth_month`;
