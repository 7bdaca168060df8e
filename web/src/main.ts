import "./app.css";
document.body.append('hello');
