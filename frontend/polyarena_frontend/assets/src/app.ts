import "./requests";
import "./theme-switch";
import "./copy";
import "./battle";
import "./ballot";
import "./composer";
import "./page";
import "./poll";
