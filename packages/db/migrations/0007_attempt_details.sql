ALTER TABLE "attempts" ALTER COLUMN "detail" SET DATA TYPE jsonb
  USING CASE WHEN "detail" IS NULL THEN NULL ELSE jsonb_build_object('en', "detail", 'ru', "detail") END;