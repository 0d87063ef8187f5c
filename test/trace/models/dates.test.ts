import { check } from "./check.js";

check(
  "date-fns: texts and numbers of a date, and answers about it",
  `import { addDays, format, getYear, isAfter, parseISO, eachDayOfInterval } from "date-fns";
import subDays from "date-fns/subDays";
const born = parseISO(user.name);
train(format(born, "yyyy")); //! user.name
train(format(new Date(), "yyyy")); //! none
train(addDays(born, 3).toISOString()); //! user.name
train(subDays(born, 3).getTime()); //! user.name
train(getYear(born)); //! user.name
train(isAfter(born, new Date())); //! none
train(eachDayOfInterval({ start: born, end: new Date() })[0]); //! user.name`,
);

check(
  "dayjs and moment: chains",
  `import dayjs from "dayjs";
import moment from "moment";
train(dayjs(user.name).add(1, "day").format("YYYY")); //! user.name
train(dayjs().add(user.age, "day").format()); //! user.age
train(dayjs().startOf("day").format()); //! none
train(dayjs(user.name).isBefore(dayjs())); //! none
train(dayjs(user.name)); //! user.name
train(dayjs(user.name).year()); //! user.name
train(dayjs.duration(user.age).asDays()); //! user.age
train(moment.utc(user.name).toDate().getTime()); //! user.name
train(moment().toISOString()); //! none
const held = { at: dayjs(user.id), by: dayjs() };
train(held.at.valueOf()); //! user.id
train(held.by.valueOf()); //! none`,
);

check(
  "luxon: chains, parts",
  `import { DateTime, Interval } from "luxon";
const born = DateTime.fromISO(user.name);
train(born.plus({ days: 1 }).toISO()); //! user.name
train(born.year); //! user.name
train(DateTime.now().year); //! none
train(born.hasSame(DateTime.now(), "day")); //! none
train(born.diffNow("days").toObject()); //! user.name
train(DateTime.fromMillis(user.age).toJSDate().toISOString()); //! user.age
train(Interval.fromDateTimes(born, DateTime.now()).toISO()); //! user.name`,
);

check(
  "ms",
  `import ms from "ms";
train(ms(user.name)); //! user.name
train(ms("2 days")); //! none`,
);
