import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-FG74GWT3.js";import"./chunk-YZHMFX7W.js";import"./chunk-HO5YITGX.js";import"./chunk-WTPEZWKF.js";import"./chunk-HFHZAMUV.js";export{a as startLab};
