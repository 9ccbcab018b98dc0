insert into guide_words values ('es', 'car.title', 'Me paran en el auto', 'abcd1234', 'native-reviewed', null, 'p', '2026-01-01T00:00:00Z');
