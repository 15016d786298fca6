import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-4FZ2W7YB.js";import"./chunk-LRQPIC2E.js";import"./chunk-HO5YITGX.js";import"./chunk-WTPEZWKF.js";import"./chunk-HFHZAMUV.js";export{a as startLab};
